import { api } from '../lib/api';
import { Link, type LinkState } from '../lib/connection';
import { Present } from '../lib/present';
import type { Stage, Tally, WallNow } from '../lib/protocol';

/** What the wall knows. It only shows, and says what it has shown. */
export class Wall {
  stage = $state.raw<Stage | null>(null);
  tally = $state.raw<Tally | null>(null);
  state = $state<LinkState>('connecting');
  readonly link: Link;
  #ticket: string;
  readonly #present = new Present();
  #shown = { session: '', beat: -1, line: -1 };

  constructor(ticket: string) {
    this.#ticket = ticket;
    this.link = new Link({
      hub: '/hubs/wall',
      ticket: () => this.#ticket,
      stage: (stage) => this.#staged(stage),
      tally: (tally) => this.#tallied(tally),
      state: (state) => (this.state = state),
      resume: async () => {
        const now = await this.link.invoke<WallNow>('Now');
        this.link.clock.hint(now.stage.nowMs);
        this.#staged(now.stage);
        if (now.tally) this.#tallied(now.tally);
      },
      prepare: (attempt) => this.#renew(attempt),
    });
  }

  /** The lines up to `line` are painted; reports the ones not yet reported, or only the last when it came late. */
  painted(session: string, beat: number, line: number): void {
    const same = this.#shown.session === session && this.#shown.beat === beat;
    if (same && line <= this.#shown.line) return;
    const first = same ? this.#shown.line + 1 : line;
    this.#shown = { session, beat, line };
    for (let n = first; n <= line; n++) this.link.invoke('Shown', { beat, line: n }).catch(() => undefined);
  }

  /** A ticket that no longer opens the door is replaced where this browser is also the operator's. */
  async #renew(attempt: number): Promise<void> {
    if (attempt % 4 !== 3 || !this.stage) return;
    try {
      const { ticket } = await api.wallTicket(this.stage.session);
      this.#ticket = ticket;
      history.replaceState(null, '', `#${ticket}`);
    } catch {
      // Not signed in here, or not reachable: the old ticket is tried again.
    }
  }

  #staged(stage: Stage): void {
    if (!this.#present.offerStage(stage)) return;
    this.stage = stage;
    this.tally = this.#present.roundTally;
  }

  #tallied(tally: Tally): void {
    if (this.#present.offerTally(tally)) this.tally = this.#present.roundTally;
  }
}
