/** Holds the published record of a show against itself, against what this device was shown and against its receipts. */
import { bookOf, decide, isCanonical, type Verdict } from './count';
import type { BookLine, RecordedRound, ShowRecord, StageChoice } from './protocol';
import { lastOf, type KeptReceipt } from './receipts';

/**
 * What is wrong with a round of the record.
 * - `missing` the round was decided before this device's eyes and is not in the record
 * - `shown` it is another decision than the one this device was shown
 * - `ballots` a ballot that the rule does not allow, or two under one code
 * - `book` the ballots do not add up to the book
 * - `counts`, `winner` counted again, it comes to something else
 */
export type Fault = 'missing' | 'shown' | 'ballots' | 'book' | 'counts' | 'winner';

/**
 * What the record says of this device's own ballot.
 * - `none` it has no receipt, `unproven` its receipt has no code
 * - `stands` it is there as the receipt says
 * - `replaced` it is not there, and a later tap of this device had no answer that came back: that one may stand instead
 * - `handed` it is not there, and the seat went to another phone, whose ballot may stand instead
 * - `gone` it is not there, `changed` it is there with another choice
 */
export type Own = 'none' | 'unproven' | 'stands' | 'replaced' | 'handed' | 'gone' | 'changed';

export interface CheckedRound {
  readonly choice: StageChoice;
  readonly record: RecordedRound | null;
  /** Counted again from the single ballots; null where there is nothing to count. */
  readonly verdict: Verdict | null;
  readonly faults: readonly Fault[];
  readonly own: Own;
  readonly receipt: KeptReceipt | null;
  /** The votes the own ballot carried; 1 unless it was outvoted before. */
  readonly weight: number;
}

export interface Checked { readonly rounds: readonly CheckedRound[]; readonly well: boolean }

export interface Witness {
  /** The decisions this device was shown; null where it was not there. */
  readonly shown: readonly StageChoice[] | null;
  readonly receipts: readonly KeptReceipt[];
  /** The number of the last tap this device sent in a round; 0 for none. */
  readonly sent: (round: number) => number;
  /** Whether the seat was freed for another phone. */
  readonly handedOver: boolean;
}

/** Nobody was there: only what the record says of itself. */
export const nobody: Witness = { shown: null, receipts: [], sent: () => 0, handedOver: false };

export function check(record: ShowRecord, witness: Witness): Checked {
  const rounds = record.rounds.map((round) => checkRound(round, witness));
  const lost = (witness.shown ?? []).filter((shown) => !record.rounds.some((round) => round.choice.round === shown.round));
  const missing = lost.map((choice): CheckedRound => ({
    choice, record: null, verdict: null, faults: ['missing'], own: 'none', receipt: lastOf(witness.receipts, choice.round), weight: 1,
  }));
  const all = [...rounds, ...missing].sort((a, b) => a.choice.round - b.choice.round);
  return { rounds: all, well: all.every((round) => round.faults.length === 0 && round.own !== 'gone' && round.own !== 'changed') };
}

/** The ballot under a code, and its round. */
export function find(record: ShowRecord, proof: string): { readonly round: RecordedRound; readonly choice: string; readonly weight: number } | null {
  for (const round of record.rounds) {
    const ballot = round.ballots.find((one) => one.proof === proof);
    if (ballot) return { round, ...ballot };
  }
  return null;
}

function checkRound(round: RecordedRound, witness: Witness): CheckedRound {
  const { choice } = round;
  const how = { rule: round.rule, options: choice.options.length, ties: round.ties, tieSeed: round.tieSeed };
  const receipt = lastOf(witness.receipts, choice.round);
  const found = receipt && round.ballots.find((ballot) => ballot.proof === receipt.proof);
  const own = owned(receipt, found?.choice ?? null, witness);
  const weight = found?.weight ?? 1;
  const sound = round.ballots.every((ballot) => isCanonical(how, ballot.choice) && Number.isInteger(ballot.weight) && ballot.weight >= 1 && ballot.weight <= 4);
  const proofs = round.ballots.map((ballot) => ballot.proof).filter((proof) => proof !== '');
  if (!sound || new Set(proofs).size !== proofs.length) return { choice, record: round, verdict: null, faults: ['ballots'], own, receipt, weight };

  const faults: Fault[] = [];
  const book = bookOf(round.ballots);
  const verdict = decide(how, book);
  const shown = witness.shown?.find((one) => one.round === choice.round);
  if (witness.shown && !(shown && sameDecision(shown, choice))) faults.push('shown');
  if (!sameBook(book, round.book)) faults.push('book');
  if (!same(verdict.counts, choice.counts) || verdict.voters !== choice.voters || verdict.abstained !== choice.abstained) faults.push('counts');
  if (verdict.winner !== choice.winner) faults.push('winner');
  return { choice, record: round, verdict, faults, own, receipt, weight };
}

function owned(receipt: KeptReceipt | null, found: string | null, { sent, handedOver }: Witness): Own {
  if (!receipt) return 'none';
  if (receipt.proof === '') return 'unproven';
  if (found !== null) return found === receipt.choice ? 'stands' : 'changed';
  return sent(receipt.round) > receipt.n ? 'replaced' : handedOver ? 'handed' : 'gone';
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

function sameDecision(one: StageChoice, other: StageChoice): boolean {
  return one.winner === other.winner && one.voters === other.voters && one.abstained === other.abstained
    && one.options.length === other.options.length && same(one.counts, other.counts);
}

function sameBook(one: readonly BookLine[], other: readonly BookLine[]): boolean {
  const spelt = (book: readonly BookLine[]) => book.map((line) => `${line.choice} ${line.weight} ${line.count}`).sort().join();
  return spelt(one) === spelt(other);
}
