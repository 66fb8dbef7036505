import { Refused } from '../lib/api';
import { fresh, type Ballot } from '../lib/ballot';
import { Link, type LinkState } from '../lib/connection';
import { Present } from '../lib/present';
import type { AudienceNow, CastAnswer, CastBallot, Feeling, Receipt, RefusalOnly, Stage, Tally, Text } from '../lib/protocol';
import { takeSeat, type Seat } from '../lib/seat';
import { keep, kept, sweep, watch } from '../lib/storage';
import { Voter, type Shared } from '../lib/voter';

/** Between two feelings, milliseconds. */
export const feelEveryMs = 1000;
/** The same feeling again within this time is a stronger one, milliseconds. */
const strongerWithinMs = 5000;

/** A feeling that was sent. */
export interface Felt { readonly feeling: Feeling; readonly strength: number; readonly at: number }

/** Everything the phone knows and does; the components only show it. */
export class Audience {
  seat: Seat;
  stage = $state.raw<Stage | null>(null);
  tally = $state.raw<Tally | null>(null);
  state = $state<LinkState>('connecting');
  ballot = $state.raw<Ballot>(fresh(-1));
  felt = $state.raw<Felt | null>(null);
  resting = $state(false);
  /** The seat is gone for good: the session ended, or the hall no longer knows the code. */
  gone = $state.raw<Text | null>(null);
  /** Own votes by round, from receipts. */
  votes = $state.raw<Readonly<Record<number, string>>>({});
  readonly link: Link;
  readonly #present = new Present();
  readonly #voter: Voter;
  #unwatch: () => void = () => undefined;

  constructor(seat: Seat) {
    this.seat = seat;
    sweep('round.', `round.${seat.session}.`);
    sweep('votes.', `votes.${seat.session}`);
    this.votes = kept<Record<number, string>>(`votes.${seat.session}`) ?? {};
    this.#voter = new Voter({
      cast: (ballot) => this.#cast(ballot),
      ask: () => void this.#resume().catch(() => undefined),
      read: (round) => kept<Shared>(this.#key(round)),
      write: (round, shared) => keep(this.#key(round), shared),
      now: () => Date.now(),
      later: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
      random: Math.random,
      changed: (ballot) => this.#balloted(ballot),
    });
    this.link = new Link({
      hub: '/hubs/audience',
      ticket: () => this.seat.ticket,
      stage: (stage) => this.#staged(stage),
      tally: (tally) => this.#tallied(tally),
      state: (state) => {
        this.state = state;
        if (state === 'reconnecting') this.#voter.lost();
      },
      resume: () => this.#resume(),
      prepare: (attempt) => this.#renew(attempt),
    });
  }

  vote(choice: string): void {
    this.#voter.tap(choice);
  }

  feel(feeling: Feeling): void {
    if (this.resting || this.state !== 'live') return;
    const now = Date.now();
    const before = this.felt;
    const strength = before?.feeling === feeling && now - before.at < strongerWithinMs ? Math.min(3, before.strength + 1) : 1;
    this.felt = { feeling, strength, at: now };
    this.resting = true;
    setTimeout(() => (this.resting = false), feelEveryMs);
    // A feeling that is lost or refused is not worth a word.
    this.link.invoke<RefusalOnly>('Feel', { feeling, intensity: strength }).catch(() => undefined);
  }

  #key(round: number): string {
    return `round.${this.seat.session}.${round}`;
  }

  async #cast(ballot: CastBallot): Promise<CastAnswer> {
    // A vote that hears nothing is the best reason to doubt the connection.
    const doubt = setTimeout(() => this.link.probe(), 3000);
    try {
      return await this.link.invoke<CastAnswer>('Cast', ballot);
    } finally {
      clearTimeout(doubt);
    }
  }

  async #resume(): Promise<void> {
    const now = await this.link.invoke<AudienceNow>('Now');
    this.link.clock.hint(now.stage.nowMs);
    this.#staged(now.stage);
    if (now.tally) this.#tallied(now.tally);
    this.#voter.present(now.receipt);
    if (now.receipt) this.#remember(now.receipt);
  }

  /** A ticket is short-lived: an expired one is renewed before the attempt, a doubtful one every fourth time. */
  async #renew(attempt: number): Promise<void> {
    if (this.gone) throw new Error('no seat');
    if (Date.now() < this.seat.expiresMs && attempt % 4 !== 3) return;
    try {
      this.seat = await takeSeat(this.seat.code);
    } catch (error) {
      if (error instanceof Refused && error.refusal && (error.status === 404 || error.status === 409)) {
        this.gone = error.refusal.sentence;
        void this.link.stop();
      }
      throw error;
    }
  }

  #staged(stage: Stage): void {
    if (!this.#present.offerStage(stage)) return;
    this.stage = stage;
    this.tally = this.#present.roundTally;
    const round = stage.round?.round;
    if (round === undefined || round === this.#voter.ballot?.round) return;
    this.#unwatch();
    this.#unwatch = watch(this.#key(round), () => this.#voter.heard());
    this.#voter.enter(round);
  }

  #tallied(tally: Tally): void {
    if (this.#present.offerTally(tally)) this.tally = this.#present.roundTally;
  }

  #balloted(ballot: Ballot): void {
    this.ballot = ballot;
    if (ballot.standing) this.#remember({ round: ballot.round, choice: ballot.standing.choice });
  }

  #remember({ round, choice }: Pick<Receipt, 'round' | 'choice'>): void {
    if (choice === '' || this.votes[round] === choice) return;
    this.votes = { ...this.votes, [round]: choice };
    keep(`votes.${this.seat.session}`, this.votes);
  }
}
