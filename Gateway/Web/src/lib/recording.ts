import type { Fallback, Writing } from './credit';
import type { FeelingSums, FilmCard, OperatorAction, StageChoice, Text, VotingRule } from './protocol';

/** A show as it was told; the shapes of `Contracts/Sessions/Recording.cs`. Times are milliseconds from its start. */
export interface Recording {
  readonly session: string;
  readonly film: FilmCard;
  readonly language: string;
  readonly wallLanguages: readonly string[];
  readonly startedMs: number;
  readonly lengthMs: number;
  readonly scheduledMs: number;
  readonly cast: readonly RecordedName[];
  readonly acts: readonly RecordedName[];
  readonly beats: readonly RecordedBeat[];
  readonly feelings: readonly RecordedFeelings[];
  readonly actions: readonly RecordedAction[];
}

export interface RecordedName { readonly id: string; readonly name: Text }
export interface RecordedLine { readonly speaker: string | null; readonly words: Text; readonly atMs: number; readonly forMs: number; readonly byDirector?: boolean; /** Who wrote it: a model's name, `storylet` or `director`. */ readonly writer?: string }
export interface RecordedFeelings { readonly atMs: number; readonly sums: FeelingSums }
export interface RecordedAction { readonly action: OperatorAction; readonly atMs: number }

export interface RecordedVote {
  readonly choice: StageChoice;
  readonly rule: VotingRule;
  readonly why: Text;
  readonly openedMs: number;
  readonly decidedMs: number;
}

export interface RecordedBeat {
  readonly ordinal: number;
  readonly writer: string;
  readonly fallback?: Fallback;
  readonly writing?: Writing | null;
  readonly storylet: string | null;
  readonly function: string;
  readonly act: string;
  readonly place: Text;
  readonly moment: Text;
  readonly palette: readonly string[];
  readonly tension: number;
  readonly target: number;
  readonly reason: Text;
  readonly lines: readonly RecordedLine[];
  readonly vote: RecordedVote | null;
  /** The rounds before it that were held again. */
  readonly void?: readonly RecordedVote[] | null;
}
