/**
 * What one phone's ballots were to the hall's decisions. Nothing is claimed that the published counts do not prove: where
 * ballots carried more than one vote, or a run-off decided, there is no margin to speak of.
 */
import { isVoid, taken } from './house';
import type { StageChoice, StageRoad, StageTerms } from './protocol';
import { abstention, backs, options } from './shapes';

/**
 * - `with` it backed the winner
 * - `next` a ranking that had another favourite and the winner further down
 * - `against` it backed others
 * - `open` no preference
 */
export type Stance = 'with' | 'next' | 'against' | 'open';

/** As much of a decision as its margin follows from. */
export type Decided = Pick<StageChoice, 'options' | 'winner' | 'counts'>;
type Counted = Pick<StageTerms, 'rule' | 'protection'>;

/** What a ballot was to the decision it went into. */
export interface Part {
  readonly stance: Stance;
  /** The option in question: the winner if the ballot was with it, else the one of its own that came closest. −1 for none. */
  readonly option: number;
  /**
   * Votes between that option and the one it beat, or was beaten by; 0 when they were level. One more changed hands and it
   * is another story. Null where the counts do not tell.
   */
  readonly margin: number | null;
  /** What the decision would have been without this one ballot; null: the same, or the counts do not tell. */
  readonly alone: 'turned' | 'levelled' | null;
}

export interface OwnPart extends Part { readonly choice: StageChoice; readonly vote: string }

/** Whether the counts are of whole ballots, so that one vote more or less is one person more or less. */
function exact({ options: labels, counts, winner }: Decided, { rule, protection }: Counted): boolean {
  if (protection !== 0 || counts.length !== labels.length) return false;
  // A winner that is not at the top was made by something else than these counts.
  return (rule !== 'Ranked' || labels.length === 2) && counts[winner] === Math.max(...counts);
}

function stanceOf(vote: string, winner: number): Stance {
  if (vote === abstention) return 'open';
  if (backs(vote).includes(winner)) return 'with';
  return vote.includes('>') && options(vote).includes(winner) ? 'next' : 'against';
}

/** `vote` is canonical and not empty. */
export function partOf(decided: Decided, vote: string, terms: Counted): Part {
  const { counts, winner } = decided;
  const stance = stanceOf(vote, winner);
  if (stance === 'open') return { stance, option: -1, margin: null, alone: null };
  const own = backs(vote);
  const won = counts[winner] ?? 0;
  const closest = own.reduce((best, option) => ((counts[option] ?? 0) > (counts[best] ?? 0) ? option : best), own[0] ?? -1);
  const option = stance === 'with' ? winner : closest;
  if (!exact(decided, terms)) return { stance, option, margin: null, alone: null };
  const others = counts.filter((_, other) => other !== winner);
  if (stance !== 'with') return { stance, option, margin: won - (counts[option] ?? 0), alone: null };
  const without = Math.max(...counts.flatMap((count, other) => (other === winner ? [] : [count - (own.includes(other) ? 1 : 0)])));
  const margin = won - Math.max(...others);
  // What was level stays level without a ballot that backed both.
  const alone = without > won - 1 ? 'turned' : without === won - 1 && margin > 0 ? 'levelled' : null;
  return { stance, option, margin, alone };
}

/** Own parts in the rounds this phone has a standing ballot for, in their order; a round that was held again changed nothing. */
export function partsOf(choices: readonly StageChoice[], votes: Readonly<Record<number, string>>, terms: Counted): readonly OwnPart[] {
  return choices.flatMap((choice) => {
    const vote = votes[choice.round] ?? '';
    return vote === '' || isVoid(choice) ? [] : [{ choice, vote, ...partOf(choice, vote, terms) }];
  });
}

/** A margin this small, in votes, is worth telling: a twentieth of those who voted, and never less than two. */
export function closeWithin(voters: number): number {
  return Math.max(2, Math.floor(voters / 20));
}

export function isClose({ margin }: Part, voters: number): boolean {
  return margin !== null && margin <= closeWithin(voters);
}

function leadAlike({ roads }: StageChoice, one: number, other: number): boolean {
  return JSON.stringify(roads[one]) === JSON.stringify(roads[other]);
}

/** Whether an option would have led to where the hall went all the same. */
export function isSameRoad(choice: StageChoice, option: number): boolean {
  return leadAlike(choice, option, taken(choice));
}

/** Where an option would have led, if that is known and is not where the hall went. */
export function otherRoad(choice: StageChoice, option: number): StageRoad | null {
  return isSameRoad(choice, option) ? null : choice.roads[option] ?? null;
}

/** The same, once: options before this one that lead to the same place tell it already. */
export function newRoad(choice: StageChoice, option: number): StageRoad | null {
  const told = choice.roads.slice(0, option).some((_, before) => leadAlike(choice, before, option));
  return told ? null : otherRoad(choice, option);
}

/** A road that this viewer wanted and the hall did not take. */
export interface MissedRoad { readonly choice: StageChoice; readonly option: number; readonly road: StageRoad }

export function missedRoads(parts: readonly OwnPart[]): readonly MissedRoad[] {
  return parts.flatMap(({ stance, choice, option }) => {
    const road = stance === 'against' || stance === 'next' ? otherRoad(choice, option) : null;
    return road ? [{ choice, option, road }] : [];
  });
}
