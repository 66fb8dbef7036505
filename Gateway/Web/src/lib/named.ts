import { abstention, letters } from './shapes';
import type { Words } from './words';

/** A ballot as a sentence names it: "your vote for A", "your ranking C › A", "your “no preference”"; empty for none. */
export function named(words: Words, choice: string): string {
  if (choice === '') return '';
  if (choice === abstention) return words.play.ballot.none;
  return choice.includes('>') ? words.play.ballot.ranked(letters(choice)) : words.play.ballot.one(letters(choice));
}

/** As {@link named}, of somebody's ballot: "a vote for A". */
export function namedOfAnyone(words: Words, choice: string): string {
  const said = words.record.anonymous;
  if (choice === abstention) return said.none;
  return choice.includes('>') ? said.ranked(letters(choice)) : said.one(letters(choice));
}
