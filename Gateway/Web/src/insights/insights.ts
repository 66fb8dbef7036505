import type { Credited, Fallback } from '../lib/credit';
import type { Feeling, FilmCard, Protected, StageTurn, Text, VotingRule } from '../lib/protocol';

/* What a show was like, for its staff. Times are milliseconds from the start. */

export interface InsightRound {
  readonly round: number;
  readonly question: Text;
  readonly options: readonly Text[];
  readonly counts: readonly number[];
  readonly winner: number;
  readonly margin: number;
  readonly voters: number;
  readonly abstained: number;
  readonly changed: number | null;
  readonly rule: VotingRule;
  readonly tied: readonly number[];
  readonly protected: Protected | null;
  readonly openedMs: number;
  readonly decidedMs: number;
  /** What the house made of it: another option, or asked again where `taken` is null. */
  readonly overruled: { readonly taken: number | null; readonly reason: string } | null;
  /** The option that the audience suggested. */
  readonly turn?: StageTurn | null;
}

export interface InsightBeat extends Credited {
  readonly beat: number;
  readonly act: Text;
  readonly fallback: Fallback;
  readonly lines: number;
  /** How many of them a director wrote. */
  readonly directed: number;
  readonly atMs: number;
  readonly untilMs: number;
  readonly tension: number;
  readonly target: number;
  readonly deadAirMs: number;
  /** Whether it was written when the vote that led to it was decided; null for the opening, and in records of older versions. */
  readonly ready?: boolean | null;
}

export interface InsightFeeling { readonly atMs: number; readonly contributors: number; readonly arousal: number; readonly sums: readonly number[] }

export interface Intervention {
  readonly atMs: number;
  readonly kind: string;
  readonly by: string;
  readonly reason: string;
  readonly seat: number;
  readonly seconds: number;
  readonly words: string | null;
  readonly option: number | null;
  readonly beat: number | null;
}

export interface WriterShare {
  readonly writer: string;
  readonly beats: number;
  readonly lines: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tookMs: number;
  readonly repaired: number;
  /** Beats it wrote that were never told, and their tokens. */
  readonly untold?: number;
  readonly untoldTokens?: number;
}

/** What writing ahead cost and won; the shape of `Speculation` in `Contracts/Sessions/Insights.cs`. */
export interface Speculation {
  readonly followed: number;
  readonly ready: number;
  readonly readyByModel: number;
  readonly written: number;
  readonly untold: number;
  readonly tokens: number;
  readonly untoldTokens: number;
  readonly lostTokens: number;
  /** 0 where nobody set a limit. */
  readonly budget: number;
}

export interface Insights {
  readonly session: string;
  readonly film: FilmCard;
  readonly language: string;
  readonly startedMs: number;
  readonly lengthMs: number;
  readonly scheduledMs: number;
  readonly lateMs: number;
  readonly landed: boolean;
  readonly cut: boolean;
  readonly pausedMs: number;
  readonly capacity: number;
  readonly seated: number;
  readonly rounds: readonly InsightRound[];
  readonly beats: readonly InsightBeat[];
  readonly feelings: readonly InsightFeeling[];
  readonly interventions: readonly Intervention[];
  readonly writers: readonly WriterShare[];
  readonly deadAirMs: number;
  readonly fallbacks: number;
  readonly fallbackReasons: readonly { readonly reason: Exclude<Fallback, 'None'>; readonly beats: number }[];
  /** Beats of models that passed the checks only when they were written again. */
  readonly repaired: number;
  /** Null where no model was asked. */
  readonly speculation?: Speculation | null;
}

/** Part of a whole in whole percent; null where there is no whole. */
export function percent(part: number, whole: number): number | null {
  return whole > 0 ? Math.round((100 * part) / whole) : null;
}

/** The beat that was on the wall at a time, or the last before it. */
export function beatAt(beats: readonly InsightBeat[], atMs: number): InsightBeat | null {
  return beats.findLast((beat) => beat.atMs <= atMs) ?? null;
}

/** A curve of steps: from each beat's beginning to the next one's. Fractions of width and height, y downwards. */
export function steps(beats: readonly InsightBeat[], lengthMs: number, value: (beat: InsightBeat) => number): string {
  const x = (ms: number) => ((1000 * ms) / Math.max(1, lengthMs)).toFixed(1);
  const y = (v: number) => (200 * (1 - v)).toFixed(1);
  return beats.map((beat, at) => `${at === 0 ? 'M' : 'L'}${x(beat.atMs)} ${y(value(beat))}H${x(beats[at + 1]?.atMs ?? Math.max(lengthMs, beat.untilMs))}`).join('');
}

/** Windows further apart than this are not joined: nobody knows what the hall felt in between. */
const gapMs = 20_000;

/** The hall's arousal as a curve. */
export function felt(feelings: readonly InsightFeeling[], lengthMs: number): string {
  return feelings
    .map(({ atMs, arousal }, at) => {
      const joined = at > 0 && atMs - feelings[at - 1]!.atMs <= gapMs;
      return `${joined ? 'L' : 'M'}${((1000 * atMs) / Math.max(1, lengthMs)).toFixed(1)} ${(200 * (1 - arousal)).toFixed(1)}${joined ? '' : 'h.1'}`;
    })
    .join('');
}

/** The strongest feeling of a window, by its place among the eight. */
export function strongest(feelings: readonly Feeling[], sums: readonly number[]): Feeling | null {
  const most = Math.max(0, ...sums);
  return most === 0 ? null : (feelings[sums.indexOf(most)] ?? null);
}

/** Tokens and milliseconds that a writer took for a beat on average; null for one that counts none. */
export function perBeat({ beats, tokensIn, tokensOut, tookMs }: WriterShare): { readonly tokens: number; readonly tookMs: number } | null {
  return beats > 0 && tokensIn + tokensOut > 0 ? { tokens: Math.round((tokensIn + tokensOut) / beats), tookMs: tookMs / beats } : null;
}
