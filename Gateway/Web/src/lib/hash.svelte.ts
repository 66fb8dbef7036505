/** A session's id where an address has it: in the fragment, so that a reload comes back to it and no server's log has it. */
const session = /^#([0-9a-f]{32})$/;

/** The fragment of this page's address, as it moves. */
class Fragment {
  value = $state(location.hash);

  constructor() {
    addEventListener('hashchange', () => (this.value = location.hash));
  }

  /** The session's id, or nothing. */
  get session(): string {
    return session.exec(this.value)?.[1] ?? '';
  }
}

export const fragment = new Fragment();
