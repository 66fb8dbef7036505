import { describe, expect, it } from 'vitest';
import { backoff, longestMs } from '../src/lib/backoff';
import { tidyCode } from '../src/lib/code';
import { contrast, house, paletteOf } from '../src/lib/palette';
import { Present } from '../src/lib/present';
import type { Stage, Tally } from '../src/lib/protocol';
import { canonical, letters, options, tapped } from '../src/lib/shapes';
import { breadth, clean, inLanguage, wording, wordings } from '../src/lib/text';
import { words } from '../src/lib/words';

describe('text', () => {
  it('falls back to the original, and knows a region by its language', () => {
    const text = { zh: '汽笛响了。', en: 'The horn sounds.' };
    expect(wording(text, 'fr')).toEqual({ language: 'zh', words: '汽笛响了。' });
    expect(inLanguage(text, 'en-GB')).toBe('The horn sounds.');
  });

  it('never shows one rendering twice', () => {
    expect(wordings({ en: 'One' }, ['en', 'zh'])).toHaveLength(1);
    expect(wordings({ en: 'One' }, ['zh'])).toEqual([{ language: 'en', words: 'One' }]);
  });

  it('strips what cannot be seen', () => {
    expect(clean('a\u200bb\u202ec\u2066d\u{e0041}e\ufe0ff\u00adg\nh\u0007')).toBe('abcdefg h');
    expect(clean('汽笛响了。 É ñ 👍')).toBe('汽笛响了。 É ñ 👍');
  });

  it('counts wide characters twice', () => {
    expect(breadth('ab汽笛。')).toBe(8);
  });
});

describe('choices', () => {
  it('are canonical', () => {
    expect(canonical([2, 0, 2])).toBe('0+2');
    expect(options('0+2')).toEqual([0, 2]);
    expect(letters('0+2')).toBe('A + C');
  });

  it('toggle under approval and replace under plurality, and are never empty', () => {
    expect(tapped('Plurality', '1', 3)).toBe('3');
    expect(tapped('Approval', '1', 3)).toBe('1+3');
    expect(tapped('Approval', '1+3', 1)).toBe('3');
    expect(tapped('Approval', '3', 3)).toBe('3');
  });
});

describe('the present', () => {
  const stage = (seq: number, nowMs: number) => ({ seq, nowMs, session: 's', round: { round: 2 } }) as unknown as Stage;
  const tally = (seq: number, round = 2): Tally => ({ seq, round, counts: [], voters: 0, feelings: null });

  it('ignores what is older than what was shown', () => {
    const present = new Present();
    expect(present.offerStage(stage(5, 100))).toBe(true);
    expect(present.offerStage(stage(4, 90))).toBe(false);
    expect(present.offerStage(stage(5, 100))).toBe(false);
    expect(present.offerTally(tally(8))).toBe(true);
    expect(present.offerTally(tally(7))).toBe(false);
    expect(present.roundTally?.seq).toBe(8);
  });

  it('follows a session that counts from lower again', () => {
    const present = new Present();
    present.offerStage(stage(500, 100));
    present.offerTally(tally(501));
    expect(present.offerStage(stage(3, 2000))).toBe(true);
    expect(present.offerTally(tally(4))).toBe(true);
  });

  it('shows no tally of another round', () => {
    const present = new Present();
    present.offerStage(stage(5, 100));
    present.offerTally(tally(6, 1));
    expect(present.roundTally).toBeNull();
  });
});

describe('palettes', () => {
  it('are taken where they can be read', () => {
    expect(paletteOf(['#101820', '#f0ead6', '#c9a227'])).toEqual({ background: '#101820', text: '#f0ead6', accent: '#c9a227' });
  });

  it('are mended where they cannot', () => {
    const mended = paletteOf(['#101820', '#182028', '#111111']);
    expect(contrast(mended.background, mended.text)).toBeGreaterThanOrEqual(7);
    expect(contrast(mended.background, mended.accent)).toBeGreaterThanOrEqual(3);
    expect(paletteOf(['url(x)', 'red', ''])).toEqual(house);
    expect(paletteOf(undefined)).toEqual(house);
  });
});

describe('backoff', () => {
  it('doubles, has a ceiling and is never together', () => {
    expect(backoff(0, 0)).toBe(250);
    expect(backoff(0, 1)).toBe(500);
    expect(backoff(3, 1)).toBe(4000);
    expect(backoff(1000, 1)).toBe(longestMs);
    expect(backoff(1000, 0)).toBe(longestMs / 2);
  });
});

describe('the join code', () => {
  it('may be typed as people type', () => {
    expect(tidyCode(' k7m-x4p ')).toBe('K7MX4P');
    expect(tidyCode('K7MX4P9')).toBe('K7MX4P');
    expect(tidyCode('入场')).toBe('');
  });
});

describe('words', () => {
  it('are all said in both languages', () => {
    const empty: string[] = [];
    const visit = (value: unknown, path: string) => {
      if (typeof value === 'string' && value.trim() === '') empty.push(path);
      if (value && typeof value === 'object') for (const [key, part] of Object.entries(value)) visit(part, `${path}.${key}`);
    };
    visit(words, 'words');
    expect(empty).toEqual([]);
  });
});
