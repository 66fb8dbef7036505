import { describe, expect, it } from 'vitest';
import { beforeWords } from '../src/console/before.words';
import { count, merge, type PreflightCheck } from '../src/console/preflight';
import { again, doorsBeforeMs, due, fromField, graceMs, span, toField } from '../src/console/schedule';
import { echo } from '../src/join/echo';

const minute = 60_000;
const at = Date.UTC(2026, 4, 1, 18, 0);

describe('when a screening is due', () => {
  it('says what to do next, and nothing once it has begun', () => {
    expect(due('Scheduled', 0, at)).toBe('none');
    expect(due('Scheduled', at, at - 3 * 60 * minute)).toBe('later');
    expect(due('Scheduled', at, at - doorsBeforeMs)).toBe('doors');
    expect(due('Lobby', at, at - doorsBeforeMs)).toBe('later');
    expect(due('Lobby', at, at)).toBe('start');
    expect(due('Lobby', at, at + graceMs + 1)).toBe('overdue');
    expect(due('Scheduled', at, at + 60 * minute)).toBe('overdue');
    expect(due('Playing', at, at + 60 * minute)).toBe('none');
    expect(due('Ended', at, at + 60 * minute)).toBe('none');
  });

  it('counts in the two largest units', () => {
    const { en, zh } = { en: beforeWords.en.span, zh: beforeWords.zh.span };
    expect(span(130 * minute, en)).toBe('2 h 10 min');
    expect(span(120 * minute, en)).toBe('2 h');
    expect(span(5 * minute, en)).toBe('5 min');
    expect(span(10_000, en)).toBe('1 min');
    expect(span((3 * 24 + 4) * 60 * minute, en)).toBe('3 d 4 h');
    expect(span(130 * minute, zh)).toBe('2 小时 10 分钟');
  });
});

describe('the field for a time', () => {
  it('gives back to the minute what was put in, in whatever zone', () => {
    expect(fromField(toField(at))).toBe(at);
    expect(toField(0)).toBe('');
    expect(fromField('')).toBe(0);
    expect(fromField('nonsense')).toBe(0);
  });

  it('proposes the same time of day again', () => {
    const later = new Date(2026, 4, 3, 10, 0).getTime();
    const was = new Date(2026, 4, 1, 20, 15).getTime();
    expect(new Date(again(was, later))).toEqual(new Date(2026, 4, 3, 20, 15));
    expect(new Date(again(was, new Date(2026, 4, 3, 21, 0).getTime()))).toEqual(new Date(2026, 4, 4, 20, 15));
    expect(again(later, was)).toBe(later);
    expect(again(0, was)).toBe(0);
  });
});

describe('the check before the show', () => {
  const check = (item: PreflightCheck['item'], verdict: PreflightCheck['verdict']): PreflightCheck => ({ item, verdict, says: { en: item }, mend: null });

  it('puts newer answers in the place of older ones, in one order', () => {
    const merged = merge([check('Disk', 'Red'), check('Wall', 'Red')], [check('Wall', 'Green'), check('Sound', 'Amber')]);
    expect(merged.map((one) => [one.item, one.verdict])).toEqual([['Wall', 'Green'], ['Sound', 'Amber'], ['Disk', 'Red']]);
    expect(count(merged, 'Red')).toBe(1);
  });

  it('sums up in both languages', () => {
    expect(beforeWords.en.summary(0, 0)).toBe('Ready.');
    expect(beforeWords.en.summary(2, 0)).toBe('Not ready: 2 things.');
    expect(beforeWords.en.summary(1, 1)).toBe('Not ready: 1 thing; 1 thing more to look at.');
    expect(beforeWords.zh.summary(2, 1)).toBe('尚未就绪：2 项待处理，另有 1 项请看一眼。');
  });
});

describe('the echo', () => {
  it('opens the way, times it, and tells', async () => {
    const asked: string[] = [];
    let clock = 0;
    await echo((path) => (asked.push(path), (clock += 12), Promise.resolve()), () => clock);
    expect(asked).toEqual(['/api/echo', '/api/echo', '/api/echo?ms=12.0']);
  });

  it('never troubles a viewer', async () => {
    await expect(echo(() => Promise.reject(new Error('offline')))).resolves.toBeUndefined();
  });
});
