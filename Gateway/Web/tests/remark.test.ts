import { describe, expect, it } from 'vitest';
import { cleanRemark, leftOf, longestRemark, secondsUntil } from '../src/lib/remark';

describe('a remark on its way', () => {
  it('loses what nobody sees, composes its letters and keeps one line', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['  别走…\n  快回来 ', '别走… 快回来'],
      ['no\u200B\u2060\uFEFFspace', 'nospace'],
      ['ab\u202Ecd\u2066ef\u061C', 'abcdef'],
      ['tag\u{E0041}\u{E007F}ged', 'tagged'],
      ['e\u0301', '\u00E9'],
      ['❤\uFE0F', '❤'],
      ['half \uD83D half', 'half half'],
      ['<b>&amp;</b>', '<b>&amp;</b>'],
      ['x\u2028y\tz', 'x y z'],
      ['\u2800\u3164', ''],
    ];
    for (const [typed, kept] of cases) expect(cleanRemark(typed)).toBe(kept);
  });

  it('counts characters as people do not, but as the server does', () => {
    expect(leftOf('')).toBe(longestRemark);
    expect(leftOf('😱'.repeat(longestRemark))).toBe(0);
    expect(leftOf(`${'好'.repeat(longestRemark)}\u200B \n`)).toBe(0);
    expect(leftOf('a'.repeat(longestRemark + 3))).toBe(-3);
  });

  it('waits whole seconds and never less than none', () => {
    expect([secondsUntil(5001, 4000), secondsUntil(4000, 4000), secondsUntil(1, 4000)]).toEqual([2, 0, 0]);
  });
});
