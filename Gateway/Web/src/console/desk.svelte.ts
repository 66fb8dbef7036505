import { Link, type LinkState } from '../lib/connection';
import { Present } from '../lib/present';
import type { ConsoleNow, GatewayHealth, OperatorAction, RefusalOnly, SeatAction, SessionHealth, Stage, Tally, Text } from '../lib/protocol';
import { both } from '../lib/words';

function isSeat(action: OperatorAction): action is SeatAction {
  return action === 'Kick' || action === 'Ban' || action === 'Unban' || action === 'Free';
}

/** One session as the operator watches and runs it. */
export class Desk {
  stage = $state.raw<Stage | null>(null);
  tally = $state.raw<Tally | null>(null);
  health = $state.raw<SessionHealth | null>(null);
  gateway = $state.raw<GatewayHealth | null>(null);
  state = $state<LinkState>('connecting');
  /** What the last command did, or why not. */
  outcome = $state.raw<{ readonly ok: boolean; readonly words: Text } | null>(null);
  busy = $state(false);
  /** Commands answered so far. */
  done = $state(0);
  readonly session: string;
  readonly link: Link;
  readonly #present = new Present();

  constructor(session: string, turnedAway: (attempt: number) => Promise<void>) {
    this.session = session;
    this.link = new Link({
      hub: '/hubs/console',
      stage: (stage) => this.#staged(stage),
      tally: (tally) => this.#tallied(tally),
      health: (health, gateway) => this.#well(health, gateway),
      state: (state) => (this.state = state),
      resume: async () => {
        const now = await this.link.invoke<ConsoleNow>('Watch', { session });
        this.link.clock.hint(now.stage.nowMs);
        this.#staged(now.stage);
        if (now.tally) this.#tallied(now.tally);
        this.#well(now.health, now.gateway);
      },
      prepare: (attempt) => (attempt > 0 ? turnedAway(attempt) : Promise.resolve()),
    });
  }

  async operate(action: OperatorAction, reason = '', shift = false, seat = 0, words: string | null = null, option: number | null = null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.outcome = null;
    try {
      const { refusal } = await this.link.invoke<RefusalOnly>('Operate', {
        session: this.session, action, reason: reason.trim().slice(0, 200), seconds: action === 'Extend' ? 10 : 0, shift, seat, words, option,
      });
      this.outcome = refusal ? { ok: false, words: refusal.sentence } : { ok: true, words: both((all) => (isSeat(action) ? all.console.seatDone[action](seat) : all.console.done[action])) };
    } catch {
      this.outcome = { ok: false, words: both((words) => words.console.failed) };
    } finally {
      this.busy = false;
      this.done++;
    }
  }

  #well(health: SessionHealth, gateway: GatewayHealth): void {
    this.health = health;
    this.gateway = gateway;
  }

  #staged(stage: Stage): void {
    if (stage.session !== this.session || !this.#present.offerStage(stage)) return;
    this.stage = stage;
    this.tally = this.#present.roundTally;
  }

  #tallied(tally: Tally): void {
    if (this.#present.offerTally(tally)) this.tally = this.#present.roundTally;
  }
}
