import { describe, expect, it } from 'vitest';
import type { Part } from '../src/lib/mine';
import { swing } from '../src/play/swing';
import { playWords } from '../src/play/words';

const part = (more: Partial<Part>): Part => ({ stance: 'with', option: 0, margin: null, alone: null, ...more });
const said = (more: Partial<Part>, many = 2, voters = 100) => swing(playWords.en, part(more), many, voters);

describe('how much hung on a vote', () => {
  it('is said in the number that would have changed it', () => {
    expect(said({ margin: 1 })).toBe('Won by one. Two fewer, and it would have gone the other way.');
    expect(said({ margin: 5 }, 3)).toBe('Won by five. Six fewer, and it would have gone another way.');
    expect(said({ margin: 1, stance: 'against', option: 2 })).toBe('Two more votes for C, and it would have gone your way.');
    expect(swing(playWords.zh, part({ margin: 1 }), 2, 100)).toBe('只多 1 票。少 2 票，走的就是另一条路。');
  });

  it('knows a draw and a single vote', () => {
    expect(said({ margin: 0, alone: 'turned' })).toContain('Without your vote');
    expect(said({ margin: 1, alone: 'levelled' })).toContain('by one vote');
    expect(said({ margin: 0 })).toBe(playWords.en.swing.level);
    expect(said({ margin: 0, stance: 'next', option: 1 })).toBe(playWords.en.swing.lostLevel);
  });

  it('is silent where little hung on it, or where the counts do not tell', () => {
    expect(said({ margin: 6 })).toBe('');
    expect(said({ margin: 3 }, 2, 12)).toBe('');
    expect(said({})).toBe('');
    expect(said({ stance: 'open', option: -1 })).toBe('');
  });
});
