import { describe, expect, it } from 'vitest';
import { pieces, share } from '../src/lib/reveal';

describe('a line revealed at reading pace', () => {
  it.each([
    ['en', 'Mind the step. It is not where it was.'],
    ['en', '  “One child, please.” '],
    ['zh', '当心脚下。台阶不在老地方了。'],
    ['zh', '“要一张儿童票。”他说：OK，就 3 块。'],
    ['zh', '……走吧'],
    ['en', ''],
  ])('%s: %s is whole again when its pieces are joined', (language, words) => {
    const told = pieces(words, language, 4000);
    expect(told.map((piece) => piece.words).join('')).toBe(words);
    expect(told[0]!.afterMs).toBe(0);
    for (let n = 1; n < told.length; n++) expect(told[n]!.afterMs).toBeGreaterThan(told[n - 1]!.afterMs);
    expect(told.at(-1)!.afterMs).toBeLessThan(4000 * share);
  });

  it('keeps a closing mark with its word', () => {
    for (const piece of pieces('当心脚下。台阶，不在老地方了。', 'zh', 3000)) expect(piece.words).not.toMatch(/^[。，]/);
  });

  it('shows everything at once where a line has no time', () => {
    expect(pieces('Out of time now.', 'en', 0).every((piece) => piece.afterMs === 0)).toBe(true);
  });
});
