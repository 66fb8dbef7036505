import type { StageChoice, StageEpilogue } from './protocol';
import { backs } from './shapes';

/** A ballot's side is shared among all the options it backs: whoever approves of everything takes nobody's. Divides by 1–4. */
const whole = 12;

/**
 * The words for the character whose side these ballots took most often; null if they took nobody's. Between equals the
 * one decides who was stood by later in the evening, and then the film's order.
 */
export function epilogueOf(
  choices: readonly StageChoice[], votes: Readonly<Record<number, string>>, epilogues: readonly StageEpilogue[],
): StageEpilogue | null {
  const rounds = [...choices].sort((a, b) => b.round - a.round).map((choice) => sides(choice, votes[choice.round] ?? ''));
  const score = (character: string) => {
    const each = rounds.map((round) => round.get(character) ?? 0);
    return [each.reduce((sum, one) => sum + one, 0), ...each];
  };
  return epilogues
    .map((epilogue) => ({ epilogue, score: score(epilogue.character) }))
    .filter((one) => one.score[0]! > 0)
    .reduce<{ epilogue: StageEpilogue; score: number[] } | null>((best, one) => (best === null || above(one.score, best.score) ? one : best), null)
    ?.epilogue ?? null;
}

/** How much of a ballot was for each character. */
function sides(choice: StageChoice, vote: string): ReadonlyMap<string, number> {
  const own = backs(vote);
  const taken = new Map<string, number>();
  for (const option of own) {
    for (const character of new Set(choice.for[option] ?? [])) taken.set(character, (taken.get(character) ?? 0) + whole / own.length);
  }
  return taken;
}

function above(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && one[at]! > other[at]!;
}
