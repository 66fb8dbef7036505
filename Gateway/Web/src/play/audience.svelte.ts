import type { AsideCall, AsideSaid, Met } from '../lib/aside';
import { api, Refused } from '../lib/api';
import { arrivalAt, noRound } from '../lib/arrival';
import { fresh, type Ballot } from '../lib/ballot';
import { Link, type LinkState } from '../lib/connection';
import { Present } from '../lib/present';
import type { AudienceNow, CastAnswer, CastBallot, Feeling, Receipt, Refusal, RefusalOnly, Stage, Tally, ToldBeat } from '../lib/protocol';
import { handOver, handedOver, keepReceipt, receiptsOf, votesOf, type KeptReceipt } from '../lib/receipts';
import { leaveSeat, takeSeat, type Seat } from '../lib/seat';
import { keep, kept, sweep, watch } from '../lib/storage';
import { Voter, type Shared } from '../lib/voter';
import { RemarkDraft } from './remark.svelte';
import { TurnDraft } from './turn.svelte';

/** Between two feelings, milliseconds. */
export const feelEveryMs = 1000;
/** The same feeling again within this time is a stronger one, milliseconds. */
const strongerWithinMs = 5000;

/** Refusals after which this phone has no seat. */
const parting = ['kicked', 'banned', 'freed'];

/** A feeling that was sent. */
export interface Felt { readonly feeling: Feeling; readonly strength: number; readonly at: number }

/** Everything the phone knows and does; the components only show it. */
export class Audience {
  seat: Seat;
  stage = $state.raw<Stage | null>(null);
  tally = $state.raw<Tally | null>(null);
  state = $state<LinkState>('connecting');
  ballot = $state.raw<Ballot>(fresh(noRound));
  felt = $state.raw<Felt | null>(null);
  resting = $state(false);
  /** The seat is gone: the staff sent this phone away, the session ended, or the hall no longer knows the code. */
  away = $state.raw<Refusal | null>(null);
  receipts = $state.raw<readonly KeptReceipt[]>([]);
  /** Own votes by round, from receipts. */
  readonly votes = $derived(votesOf(this.receipts));
  /** Whether this device came to the show when it had begun, and has not been asked yet whether it wants the story. */
  late = $state(false);
  /** The last round of which this device cannot be told that it did not vote: it came during it or after it. */
  came = $state(noRound);
  /** Whether this phone shows the lines too; null: nobody said, so only where the wall has not its language. */
  along = $state<boolean | null>(kept<boolean>('along'));
  /** Why this seat's feelings are not taken, when it has just tried. */
  hushed = $state.raw<Refusal | null>(null);
  readonly link: Link;
  readonly remark: RemarkDraft;
  readonly turn: TurnDraft;
  readonly #present = new Present();
  readonly #voter: Voter;
  #unwatch: () => void = () => undefined;

  constructor(seat: Seat) {
    this.seat = seat;
    sweep('round.', `round.${seat.session}.`);
    sweep('seen.', `seen.${seat.session}`);
    sweep('came.', `came.${seat.session}`);
    sweep('turn.', `turn.${seat.session}`);
    this.receipts = receiptsOf(seat.session);
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
      leave: (why) => this.#sentAway(why),
      state: (state) => {
        this.state = state;
        if (state === 'reconnecting') this.#voter.lost();
      },
      resume: () => this.#resume(),
      prepare: (attempt) => this.#renew(attempt),
    });
    this.remark = new RemarkDraft(this.link);
    this.turn = new TurnDraft(this.link, seat.session);
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
    // A feeling that is lost is not worth a word; one that is not wanted is.
    this.link.invoke<RefusalOnly>('Feel', { feeling, intensity: strength }).then(({ refusal }) => (this.hushed = refusal?.code === 'muted' ? refusal : null), () => undefined);
  }

  /** Whether the lines are to be read here as well as on the wall. */
  follow(along: boolean): void {
    this.along = along;
    keep('along', along);
  }

  /** The ballot that stands in a round, canonical; empty for none. */
  voteIn(round: number): string {
    return (this.ballot.round === round ? this.ballot.standing?.choice : null) ?? this.votes[round] ?? '';
  }

  /** Every beat told so far. */
  story(): Promise<readonly ToldBeat[]> {
    return api.story(this.seat.session, this.seat.ticket);
  }

  /** Whom this viewer may speak to now. */
  async company(): Promise<readonly Met[]> {
    return (await api.company(this.seat.session, this.seat.ticket)).characters;
  }

  /** Asks something beside the story. */
  ask(aside: AsideCall): Promise<AsideSaid> {
    return api.aside(this.seat.session, this.seat.ticket, aside);
  }

  /** The number of the last tap that this device sent in a round. */
  sent(round: number): number {
    return kept<Shared>(this.#key(round))?.tap?.n ?? 0;
  }

  /** Whether the seat went to another phone at some time. */
  get handedOver(): boolean {
    return handedOver(this.seat.session);
  }

  /** The offer of the story was answered, one way or the other. */
  settled(): void {
    this.late = false;
  }

  #sentAway(why: Refusal): void {
    if (this.away) return;
    this.away = why;
    if (why.code === 'freed') handOver(this.seat.session);
    // A reload must not walk back in: only the code does.
    leaveSeat();
    void this.link.stop();
  }

  #key(round: number): string {
    return `round.${this.seat.session}.${round}`;
  }

  async #cast(ballot: CastBallot): Promise<CastAnswer> {
    // A vote that hears nothing is the best reason to doubt the connection.
    const doubt = setTimeout(() => this.link.probe(), 3000);
    try {
      const answer = await this.link.invoke<CastAnswer>('Cast', ballot);
      if (answer.refusal && parting.includes(answer.refusal.code)) this.#sentAway(answer.refusal);
      return answer;
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
    if (this.away) throw new Error('no seat');
    if (Date.now() < this.seat.expiresMs && attempt % 4 !== 3) return;
    try {
      this.seat = await takeSeat(this.seat.code);
    } catch (error) {
      if (error instanceof Refused && error.refusal && [403, 404, 409].includes(error.status)) {
        this.away = error.refusal;
        void this.link.stop();
      }
      throw error;
    }
  }

  #staged(stage: Stage): void {
    if (!this.#present.offerStage(stage)) return;
    if (!this.stage) this.#arrived(stage);
    this.stage = stage;
    this.remark.staged(stage);
    this.turn.staged(stage);
    this.tally = this.#present.roundTally;
    const round = stage.round?.round;
    if (round === undefined || round === this.#voter.ballot?.round) return;
    this.#unwatch();
    this.#unwatch = watch(this.#key(round), () => this.#voter.heard());
    this.#voter.enter(round);
  }

  /** The first look at the show: whoever has not been here before and finds it running has missed something. */
  #arrived(stage: Stage): void {
    const { session } = this.seat;
    const first = kept<boolean>(`seen.${session}`) === null;
    const arrival = arrivalAt(stage);
    this.late = first && arrival.late;
    this.came = first ? arrival.round : (kept<number>(`came.${session}`) ?? noRound);
    if (!first) return;
    keep(`seen.${session}`, true);
    keep(`came.${session}`, arrival.round);
  }

  #tallied(tally: Tally): void {
    if (this.#present.offerTally(tally)) this.tally = this.#present.roundTally;
  }

  #balloted(ballot: Ballot): void {
    this.ballot = ballot;
    if (ballot.standing) this.#remember({ round: ballot.round, ...ballot.standing });
  }

  #remember(receipt: Pick<Receipt, 'round' | 'n' | 'choice' | 'proof'>): void {
    const after = keepReceipt(this.seat.session, receipt);
    if (after !== this.receipts) this.receipts = after;
  }
}
