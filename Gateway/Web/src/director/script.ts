import type { Credited } from '../lib/credit';
import type { RecordedName } from '../lib/recording';
import type { CurvePoint, Text } from '../lib/protocol';

/** The story as its director sees it; the shapes of `Contracts/Sessions/Direction.cs`. */
export interface Script {
  readonly nowMs: number;
  /** The beat on the wall or due next. */
  readonly present: ScriptBeat | null;
  readonly aired: number;
  /** What may come after it, one an option. */
  readonly coming: readonly ScriptBeat[];
  readonly facts: readonly ScriptFact[];
  readonly promises: readonly Text[];
  readonly steering: Steering;
  readonly veto: VetoWindow | null;
  /** Until when the present beat waits for a yes; 0 when it does not. */
  readonly waitsUntilMs: number;
  readonly left: number;
  readonly storylets: number;
  readonly curve: readonly CurvePoint[];
  readonly cast: readonly RecordedName[];
}

export interface ScriptBeat {
  readonly plan: Plan;
  readonly beat: Beat | null;
  readonly place: Text | null;
  readonly approved: boolean;
  readonly others: readonly ScriptChoice[];
}

export interface Plan {
  readonly beat: number;
  readonly option: number;
  readonly function: string;
  readonly tension: number;
  readonly seconds: number;
  readonly reason: Text;
  readonly beatsLeft?: number;
  readonly made?: number;
}

export interface Beat extends Credited {
  readonly storylet: string | null;
  readonly function: string;
  readonly tension: number;
  readonly moment: Text;
  readonly cast: readonly string[];
  readonly lines: readonly Line[];
  readonly question: Text | null;
  readonly options: readonly { readonly label: Text }[];
}

export interface Line { readonly speaker?: string | null; readonly words: Text; readonly byDirector?: boolean }
export interface ScriptChoice { readonly storylet: string; readonly function: string; readonly tension: number; readonly place: Text; readonly words: Text }
export interface ScriptFact { readonly id: string; readonly statement: Text; readonly holds: boolean; readonly pinned: boolean }
export interface Steering { readonly pinned: readonly string[]; readonly forbidden: readonly string[]; readonly refused: readonly string[]; readonly tension?: number | null }
export interface VetoWindow { readonly seconds: number; readonly otherwise: 'Air' | 'Replace' }

export type DirectorAction = 'Revise' | 'Swap' | 'Pin' | 'Unpin' | 'Strike' | 'Tension' | 'Forbid' | 'Allow' | 'Veto' | 'Approve' | 'Reject';

/** What the page asks for; whatever an action has no use for is left out. */
export interface Direction {
  readonly action: DirectorAction;
  readonly beat?: number;
  readonly option?: number;
  readonly lines?: readonly { readonly speaker: string | null; readonly words: Text }[];
  readonly name?: string;
  readonly tension?: number;
  readonly veto?: VetoWindow;
  readonly reason?: string;
}

/** Names one writing of one beat: when it changes, an edit of the one before is of something that is gone. */
export function writing(of: ScriptBeat): string {
  return `${of.plan.beat}/${of.plan.option}/${of.plan.made ?? 0}/${of.beat?.storylet ?? ''}`;
}
