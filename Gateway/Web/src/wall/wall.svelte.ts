import { api } from '../lib/api';
import { Link, type LinkState } from '../lib/connection';
import { Present } from '../lib/present';
import { deviceNow } from '../lib/clock';
import type { Stage, Tally, TestPicture, WallNow } from '../lib/protocol';

/** What a wall may say of its sound. */
export interface Sounding { readonly sound: 'None' | 'Asleep' | 'Running'; readonly muted: boolean; readonly levelDb: number }

/** What the wall knows. It only shows, and says what it has shown. */
export class Wall {
  stage = $state.raw<Stage | null>(null);
  tally = $state.raw<Tally | null>(null);
  state = $state<LinkState>('connecting');
  /** The test picture that was asked for last; whether it is up the page decides by phase and time. */
  test = $state.raw<TestPicture | null>(null);
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
      test: (picture) => (this.test = picture),
      state: (state) => (this.state = state),
      resume: async () => {
        const now = await this.link.invoke<WallNow>('Now');
        this.link.clock.hint(now.stage.nowMs);
        this.#staged(now.stage);
        if (now.tally) this.#tallied(now.tally);
        this.test = now.test ?? null;
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

  /** The test picture is painted, and what is known of the sound. */
  tested(picture: TestPicture, size: readonly [number, number], sound: Sounding): void {
    const offset = Number.isFinite(this.link.clock.error) ? deviceNow() - this.link.clock.now() : 0;
    this.link
      .invoke('Tested', { n: picture.n, sound: sound.sound, muted: sound.muted, levelDb: Math.round(sound.levelDb * 10) / 10, offsetMs: Math.round(offset), width: size[0], height: size[1] })
      .catch(() => undefined);
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
