import * as machine from './ballot';
import type { Ballot, Standing, Step, Tap } from './ballot';
import type { CastAnswer, CastBallot, Receipt } from './protocol';
import { options } from './shapes';

/** What the tabs of this device share about one round. */
export interface Shared { readonly tap: Tap | null; readonly standing: Standing | null }

/** The world as the voter needs it; a test brings another. */
export interface VoterWorld {
  cast(ballot: CastBallot): Promise<CastAnswer>;
  /** Ask for the present; the answer comes through {@link Voter.present}. */
  ask(): void;
  read(round: number): Shared | null;
  write(round: number, shared: Shared): void;
  /** The device's clock, UTC ms. */
  now(): number;
  /** Calls back after so many milliseconds; returns how to cancel. */
  later(ms: number, call: () => void): () => void;
  /** 0–1. */
  random(): number;
  changed(ballot: Ballot): void;
}

/** A cast without an answer for so long goes out again, milliseconds. */
export const overdueMs = 4000;

/** Does what the ballot machine asks for: sends, waits, tells the other tabs. */
export class Voter {
  #ballot: Ballot | null = null;
  #cancel: (() => void) | null = null;
  readonly #world: VoterWorld;

  constructor(world: VoterWorld) {
    this.#world = world;
  }

  get ballot(): Ballot | null {
    return this.#ballot;
  }

  /** The round on stage; a new one starts a fresh ballot, with what the tabs know of it. */
  enter(round: number): void {
    if (this.#ballot?.round === round) return;
    this.#stop();
    this.#ballot = machine.fresh(round);
    const shared = this.#world.read(round);
    this.#take(machine.restored(this.#ballot, shared?.standing ?? null, shared?.tap ?? null));
  }

  tap(choice: string): void {
    this.#with((ballot) => machine.tap(ballot, choice, this.#world.now(), this.#newest(ballot)));
  }

  /** The present after a (re)connect. */
  present(receipt: Receipt | null): void {
    this.#with((ballot) => machine.present(ballot, receipt, this.#newest(ballot)));
  }

  lost(): void {
    this.#stop();
    this.#with((ballot) => machine.lost(ballot));
  }

  /** Another tab wrote. */
  heard(): void {
    this.#with((ballot) => machine.heard(ballot, this.#world.read(ballot.round)?.standing ?? null));
  }

  #newest(ballot: Ballot): Tap | null {
    return this.#world.read(ballot.round)?.tap ?? null;
  }

  #with(move: (ballot: Ballot) => Step): void {
    if (this.#ballot) this.#take(move(this.#ballot));
  }

  #take(step: Step): void {
    this.#ballot = step.ballot;
    this.#share(step.ballot);
    this.#world.changed(step.ballot);
    if (step.ask) this.#world.ask();
    if (!step.ballot.tap) this.#stop();
    const send = step.send;
    if (!send) return;
    this.#stop();
    if (send.afterMs === 0) this.#send(step.ballot.round, send.tap);
    // Jitter only ever adds: a hall told "busy" together must not come back together.
    else this.#cancel = this.#world.later(send.afterMs * (1 + this.#world.random()), () => this.#send(step.ballot.round, send.tap));
  }

  #send(round: number, tap: Tap): void {
    if (this.#ballot?.round !== round || this.#ballot.tap?.n !== tap.n) return;
    this.#cancel = this.#world.later(overdueMs, () => this.#with((ballot) => machine.overdue(ballot, tap.n)));
    const current = () => this.#ballot?.round === round;
    this.#world.cast({ round, choice: options(tap.choice), n: tap.n }).then(
      ({ receipt, refusal }) => {
        if (!current()) return;
        if (receipt) this.#with((ballot) => machine.answered(ballot, tap.n, receipt, this.#newest(ballot)));
        else if (refusal) this.#with((ballot) => machine.refused(ballot, tap.n, refusal));
      },
      () => {
        if (current() && this.#ballot?.tap?.n === tap.n) this.#with((ballot) => machine.lost(ballot));
      },
    );
  }

  #share(ballot: Ballot): void {
    const before = this.#world.read(ballot.round);
    const tap = later(before?.tap ?? null, ballot.tap);
    const standing = later(before?.standing ?? null, ballot.standing);
    if (tap !== (before?.tap ?? null) || standing !== (before?.standing ?? null)) this.#world.write(ballot.round, { tap, standing });
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}

/** The one with the higher number; the first on a tie. */
function later<T extends { readonly n: number }>(one: T | null, other: T | null): T | null {
  if (!one || !other) return one ?? other;
  return other.n > one.n ? other : one;
}
