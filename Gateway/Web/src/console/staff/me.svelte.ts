import type { Me } from '../../lib/protocol';
import type { Role } from './staff';

/** Who is signed in at this console; what it may do decides what the pages offer. The server decides what is done. */
class SignedIn {
  me = $state.raw<Me | null>(null);
  /** The password just signed in with, until it is changed: nobody should type a printed one twice. Never kept beyond the page. */
  typed = '';

  /** Whether the account has the role. */
  is(role: Role): boolean {
    return this.me?.roles.includes(role) ?? false;
  }
}

export const staff = new SignedIn();
