/**
 * Counting as `Rules/Voting` does it, written a second time for the page, so that a phone can count a published record
 * again without asking the server that counted it first.
 */
import type { BookLine, RunoffCount, TieRule, VotingRule } from './protocol';
import { abstention, backs, canonical, options } from './shapes';

/** How a round is decided; `tieSeed` is a signed 64-bit number in digits. */
export interface CountRule { readonly rule: VotingRule; readonly options: number; readonly ties: TieRule; readonly tieSeed: string }

export interface Verdict {
  readonly winner: number;
  /** Votes an option, weights applied; of rankings the first places. */
  readonly counts: readonly number[];
  readonly voters: number;
  readonly abstained: number;
  /** Options level at the top, ascending; empty without a tie. */
  readonly tied: readonly number[];
  /** Empty when one count was enough. */
  readonly runoff: readonly RunoffCount[];
}

const mask = (1n << 64n) - 1n;

/** SplitMix64's finalizer, as `Rules/Seeds.cs`. */
function mix(seed: bigint): bigint {
  let z = (seed + 0x9e3779b97f4a7c15n) & mask;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
  return z ^ (z >> 31n);
}

/** A seed for one purpose out of another. */
export function seedFor(seed: bigint, purpose: number): bigint {
  return mix((seed & mask) ^ mix((BigInt(purpose) + 0x9e3779b97f4a7c15n) & mask));
}

/** A whole number in [0, below). */
export function seededBelow(seed: bigint, below: number): number {
  return Number((mix(seed & mask) * BigInt(below)) >> 64n);
}

function winnerOf(ties: TieRule, level: readonly number[], seed: bigint): number {
  if (level.length === 1 || ties === 'First') return level[0]!;
  return ties === 'Last' ? level.at(-1)! : level[seededBelow(seed, level.length)]!;
}

/** Who leaves a run-off among equally weak options: the opposite end of the film's order, or a draw. */
function loserOf(ties: TieRule, level: readonly number[], seed: bigint): number {
  if (level.length === 1 || ties === 'Last') return level[0]!;
  return ties === 'First' ? level.at(-1)! : level[seededBelow(seed, level.length)]!;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Whether a ballot is spelt as the rule allows. */
export function isCanonical({ rule, options: many }: Pick<CountRule, 'rule' | 'options'>, choice: string): boolean {
  if (choice === abstention) return true;
  const chosen = options(choice);
  if (choice === '' || chosen.some((option) => !(option >= 0 && option < many))) return false;
  return (rule !== 'Plurality' || chosen.length === 1) && canonical(rule, chosen) === choice;
}

/** What a book amounts to. */
export function decide(how: CountRule, book: readonly BookLine[]): Verdict {
  const counts = new Array<number>(how.options).fill(0);
  for (const { choice, weight, count } of book) for (const option of backs(choice)) counts[option]! += weight * count;
  const voters = sum(book.map((line) => line.count));
  const abstained = sum(book.filter((line) => line.choice === abstention).map((line) => line.count));
  if (how.rule === 'Ranked') {
    const { winner, tied, runoff } = runOff(how, book);
    return { winner, counts, voters, abstained, tied, runoff: runoff.length > 1 ? runoff : [] };
  }

  const top = Math.max(...counts);
  const level = counts.flatMap((count, option) => (count === top ? [option] : []));
  return { winner: winnerOf(how.ties, level, BigInt(how.tieSeed)), counts, voters, abstained, tied: level.length === 1 ? [] : level, runoff: [] };
}

/** Each ballot counts for its highest option still in; half and one more wins, else the weakest leaves. */
function runOff(how: CountRule, book: readonly BookLine[]): Pick<Verdict, 'winner' | 'tied' | 'runoff'> {
  const seed = BigInt(how.tieSeed);
  const still = Array.from({ length: how.options }, (_, option) => option);
  const runoff: RunoffCount[] = [];
  for (;;) {
    const votes = new Array<number>(how.options).fill(0);
    for (const { choice, weight, count } of book) {
      const at = options(choice).find((option) => still.includes(option));
      if (at !== undefined) votes[at]! += weight * count;
    }

    const total = sum(votes);
    const top = Math.max(...still.map((option) => votes[option]!));
    const level = still.filter((option) => votes[option] === top);
    if (2 * top > total || total === 0 || still.length === 2) {
      runoff.push({ counts: votes, out: null });
      return { winner: winnerOf(how.ties, level, seed), tied: level.length === 1 ? [] : level, runoff };
    }

    const least = Math.min(...still.map((option) => votes[option]!));
    const out = loserOf(how.ties, still.filter((option) => votes[option] === least), seedFor(seed, runoff.length + 1));
    runoff.push({ counts: votes, out });
    still.splice(still.indexOf(out), 1);
  }
}

/** A book's lines of single ballots, in the order of the published one: by choice, then by weight. */
export function bookOf(ballots: readonly { readonly choice: string; readonly weight: number }[]): readonly BookLine[] {
  const lines = new Map<string, BookLine>();
  for (const { choice, weight } of ballots) {
    const key = `${choice} ${weight}`;
    lines.set(key, { choice, weight, count: (lines.get(key)?.count ?? 0) + 1 });
  }
  return [...lines.values()].sort((a, b) => (a.choice < b.choice ? -1 : a.choice > b.choice ? 1 : a.weight - b.weight));
}

/** Where the votes of an option that left went: by option, and how many had no further choice. */
export function moved(runoff: readonly RunoffCount[], step: number): { readonly to: readonly (readonly [number, number])[]; readonly rest: number } {
  const [from, next] = [runoff[step]!, runoff[step + 1]!];
  const to = next.counts.flatMap((count, option) => (option !== from.out && count > from.counts[option]! ? [[option, count - from.counts[option]!] as const] : []));
  return { to, rest: from.counts[from.out!]! - sum(to.map(([, votes]) => votes)) };
}
