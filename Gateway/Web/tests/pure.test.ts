import { describe, expect, it } from 'vitest';
import { Refused } from '../src/lib/api';
import { knockAfter, waitsFor } from '../src/join/knock';
import { backoff, longestMs } from '../src/lib/backoff';
import { isWhole, joinPart, tidyCode, tidyProof } from '../src/lib/code';
import { contrast, house, paletteOf } from '../src/lib/palette';
import { Present } from '../src/lib/present';
import type { Stage, Tally } from '../src/lib/protocol';
import { named } from '../src/lib/named';
import { backs, canonical, letters, options, tapped } from '../src/lib/shapes';
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
    expect(canonical('Approval', [2, 0, 2])).toBe('0+2');
    expect(canonical('Ranked', [2, 0, 1])).toBe('2>0>1');
    expect(canonical('Ranked', [])).toBe('-');
    expect(options('0+2')).toEqual([0, 2]);
    expect(options('2>0')).toEqual([2, 0]);
    expect(options('-')).toEqual([]);
    expect(letters('0+2')).toBe('A + C');
    expect(letters('2>0')).toBe('C › A');
  });

  it('give their votes to what they name, a ranking to its favourite', () => {
    expect(backs('0+2')).toEqual([0, 2]);
    expect(backs('2>0')).toEqual([2]);
    expect(backs('-')).toEqual([]);
  });

  it('replace under plurality and toggle under approval', () => {
    expect(tapped('Plurality', '1', 3)).toBe('3');
    expect(tapped('Plurality', '-', 3)).toBe('3');
    expect(tapped('Approval', '1', 3)).toBe('1+3');
    expect(tapped('Approval', '1+3', 1)).toBe('3');
    expect(tapped('Approval', '3', 3)).toBe('-');
    expect(tapped('Approval', '-', 3)).toBe('3');
  });

  it('take the next place when ranked, and close the gap when one is taken out', () => {
    expect(tapped('Ranked', '', 2)).toBe('2');
    expect(tapped('Ranked', '2', 0)).toBe('2>0');
    expect(tapped('Ranked', '2>0>3', 0)).toBe('2>3');
    expect(tapped('Ranked', '2>0', 2)).toBe('0');
    expect(tapped('Ranked', '0', 0)).toBe('-');
    expect(tapped('Ranked', '-', 1)).toBe('1');
  });

  it('are named as people say them', () => {
    expect(named(words.en, '2>0')).toBe('your ranking C › A');
    expect(named(words.zh, '2')).toBe('你的 C 票');
    expect(words.en.play.receipt.recorded(named(words.en, '-'))).toBe('Your “no preference” is on record');
    expect(words.zh.play.receipt.late('')).toBe('晚了一步：这一票送到时投票已经结束。');
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

describe('the door', () => {
  const refused = (status: number, code: string | null) => new Refused(status, code === null ? null : { code, sentence: {} });

  it('is knocked on again where waiting helps, and nowhere else', () => {
    expect(waitsFor(refused(409, 'not-open'))).toBe('doors');
    expect(waitsFor(refused(503, 'busy'))).toBe('busy');
    expect(waitsFor(refused(503, null))).toBe('busy');
    for (const code of ['seat-code', 'seat-taken', 'unknown-code', 'banned', 'full', 'ended', 'slow-down']) expect(waitsFor(refused(409, code))).toBeNull();
    expect(waitsFor(refused(0, null))).toBeNull();
    expect(waitsFor(new Error('other'))).toBeNull();
  });

  it('is knocked on every few seconds, by no two phones together', () => {
    expect(knockAfter(0, 0)).toBe(3000);
    expect(knockAfter(0, 1)).toBe(4500);
    expect(knockAfter(100, 0)).toBe(10_000);
    expect(knockAfter(100, 1)).toBe(15_000);
  });
});

describe('codes', () => {
  it('may be typed as people type', () => {
    expect(tidyCode(' k7m-x4p ')).toBe('K7MX4P');
    expect(tidyCode('入场')).toBe('');
    expect(tidyCode('jgymdw k3f9 qx7t')).toBe('JGYMDW-K3F9QX7T');
    expect(tidyCode('JGYMDW-K3F9QX7TEXTRA')).toBe('JGYMDW-K3F9QX7T');
    expect(tidyCode('K7MX4P9')).toBe('K7MX4P-9');
    expect(tidyProof('k7qmx3pda4')).toBe('K7QMX-3PDA4');
  });

  it('are whole with six characters, or six and eight', () => {
    expect(['K7MX4P', 'JGYMDW-K3F9QX7T', 'K7MX4', 'K7MX4P-', 'K7MX4P-9'].map(isWhole)).toEqual([true, true, false, false, false]);
    expect(joinPart('JGYMDW-K3F9QX7T')).toBe('JGYMDW');
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
