import { closeWithin, type Part } from '../lib/mine';
import { mark } from '../lib/shapes';
import type { PlayWords } from './words';

/** How much hung on a vote, in one sentence; empty where not much did, or where the counts do not tell. */
export function swing(words: PlayWords, { stance, option, margin, alone }: Part, many: number, voters: number): string {
  if (margin === null || margin > closeWithin(voters)) return '';
  const said = words.swing;
  if (stance !== 'with') return margin === 0 ? said.lostLevel : said.lost(margin + 1, mark(option).letter);
  if (alone === 'turned') return said.turned(many === 2);
  if (alone === 'levelled') return said.levelled;
  return margin === 0 ? said.level : said.won(margin, many === 2);
}
