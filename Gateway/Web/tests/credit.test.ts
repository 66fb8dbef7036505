import { describe, expect, it } from 'vitest';
import { perBeat } from '../src/insights/insights';
import { creditDetail, creditNotes, hands, writerName, type Writing } from '../src/lib/credit';
import { words } from '../src/lib/words';

const writing: Writing = { endpoint: 'booth', model: 'qwen3-4b', prompt: 'beat-1.en', tokensIn: 3100, tokensOut: 420, tookMs: 7350, repaired: 'repetition,length' };

describe('who wrote', () => {
  it('names the film and its director in the reader’s language and a model by its own name', () => {
    expect(['storylet', 'director', 'qwen3-4b'].map((one) => writerName(words.zh, one))).toEqual(['影片原稿', '导演', 'qwen3-4b']);
    expect(writerName(words.en, 'storylet')).toBe('the film itself');
  });

  it('says of a model how long, how much and how often, of a fallback why, and of the film nothing', () => {
    expect(creditNotes(words.en, { writer: 'qwen3-4b', writing })).toEqual(['7.3 s', '3,520 tokens', 'rewritten once']);
    expect(creditNotes(words.zh, { writer: 'qwen3-4b', writing: { ...writing, repaired: null } })).toEqual(['7.3 秒', '3,520 token']);
    expect(creditNotes(words.zh, { writer: 'storylet', fallback: 'Late' })).toEqual(['备用：未能按时']);
    expect(creditNotes(words.en, { writer: 'storylet', fallback: 'None' })).toEqual([]);
    expect(creditDetail(words.en, { writer: 'qwen3-4b', writing })).toBe('booth · beat-1.en · 3,100 tokens read, 420 written · rewritten once because of: repetition, length');
    expect(creditDetail(words.en, { writer: 'storylet' })).toBe('');
  });

  it('marks the line at which another hand begins, and reads records that do not say it line by line', () => {
    const said = (lines: Parameters<typeof hands>[0], writer = 'storylet') => hands(lines, { writer }).map((hand) => (hand.said ? hand.writer : '')).join(' ');
    expect(said([{ writer: 'storylet' }, { writer: 'storylet' }])).toBe(' ');
    expect(said([{ writer: 'm' }, { writer: 'm' }, { writer: 'director', byDirector: true }, { writer: 'm' }], 'm')).toBe('m  director m');
    expect(said([{}, { byDirector: true }, {}])).toBe(' director storylet');
  });

  it('counts tokens a beat only where there are any', () => {
    const share = { writer: 'm', beats: 2, lines: 9, tokensIn: 6200, tokensOut: 841, tookMs: 15_000, repaired: 1 };
    expect(perBeat(share)).toEqual({ tokens: 3521, tookMs: 7500 });
    expect(perBeat({ ...share, tokensIn: 0, tokensOut: 0 })).toBeNull();
    expect(perBeat({ ...share, beats: 0 })).toBeNull();
  });
});
