import { describe, expect, it } from 'vitest';
import { decide, isCanonical } from '../src/lib/count';
import { epilogueOf } from '../src/lib/epilogue';
import { closeWithin, isClose, missedRoads, partOf, partsOf } from '../src/lib/mine';
import type { StageChoice, StageEpilogue, VotingRule } from '../src/lib/protocol';

const plain = { rule: 'Plurality', protection: 0 } as const;
const labels = (many: number) => Array.from({ length: many }, (_, at) => ({ en: `Option ${at}` }));
const choice = (counts: readonly number[], winner: number, more: Partial<StageChoice> = {}): StageChoice => ({
  round: 0, question: { en: '?' }, options: labels(counts.length), winner, counts,
  voters: counts.reduce((sum, one) => sum + one, 0), abstained: 0, for: [], roads: [], ...more,
});

describe('what a ballot was to the decision', () => {
  it('knows who stood with the hall under every rule', () => {
    const stance = (vote: string) => partOf(choice([3, 9, 5, 1], 1), vote, plain).stance;
    expect(stance('1')).toBe('with');
    expect(stance('0+1')).toBe('with');
    expect(stance('1>0')).toBe('with');
    expect(stance('0>1')).toBe('next');
    expect(stance('0')).toBe('against');
    expect(stance('0+2')).toBe('against');
    expect(stance('2>0')).toBe('against');
    expect(stance('-')).toBe('open');
  });

  it('names the margin of the winner it was with, and of its own best that was beaten', () => {
    expect(partOf(choice([3, 9, 5], 1), '1', plain)).toEqual({ stance: 'with', option: 1, margin: 4, alone: null });
    expect(partOf(choice([3, 9, 5], 1), '0+2', { rule: 'Approval', protection: 0 })).toEqual({ stance: 'against', option: 2, margin: 4, alone: null });
    expect(partOf(choice([9, 9], 0), '1', plain)).toEqual({ stance: 'against', option: 1, margin: 0, alone: null });
  });

  it('says what one ballot did alone', () => {
    expect(partOf(choice([9, 9], 0), '0', plain).alone).toBe('turned');
    expect(partOf(choice([10, 9], 0), '0', plain).alone).toBe('levelled');
    expect(partOf(choice([11, 9], 0), '0', plain).alone).toBeNull();
    // Whoever approved of both did not tip it between them.
    expect(partOf(choice([9, 9], 0), '0+1', { rule: 'Approval', protection: 0 }).alone).toBeNull();
    expect(partOf(choice([9, 9, 9], 0), '0+1', { rule: 'Approval', protection: 0 }).alone).toBe('turned');
  });

  it('claims no margin that the counts do not prove', () => {
    expect(partOf(choice([9, 9], 0), '0', { rule: 'Plurality', protection: 2 })).toMatchObject({ stance: 'with', margin: null, alone: null });
    expect(partOf(choice([9, 8, 1], 0), '0>1', { rule: 'Ranked', protection: 0 })).toMatchObject({ margin: null, alone: null });
    // Between two there is no run-off.
    expect(partOf(choice([9, 8], 0), '0>1', { rule: 'Ranked', protection: 0 })).toMatchObject({ margin: 1, alone: 'levelled' });
    // A winner that is not at the top: something else than the counts decided.
    expect(partOf(choice([9, 8], 1), '1', plain)).toMatchObject({ stance: 'with', margin: null, alone: null });
    expect(partOf(choice([9, 8], 1, { counts: [] }), '1', plain)).toMatchObject({ margin: null, alone: null });
  });

  it('is true to a recount, for every small book and either rule', () => {
    const seeds = ['1', '2', '3', '4', '5'];
    for (const rule of ['Plurality', 'Approval'] as VotingRule[]) {
      const ballots = ['0', '1', '2', '0+1', '0+2', '1+2', '0+1+2', '-'].filter((vote) => isCanonical({ rule, options: 3 }, vote));
      // Books of four ballots, every combination; the first ballot is ours.
      for (const own of ballots) for (const a of ballots) for (const b of ballots) for (const c of ballots) {
        const how = { rule, options: 3, ties: 'Draw' as const, tieSeed: '42' };
        const book = (votes: readonly string[]) => votes.map((one) => ({ choice: one, weight: 1, count: 1 }));
        const whole = decide(how, book([own, a, b, c]));
        const part = partOf({ options: labels(3), winner: whole.winner, counts: whole.counts }, own, { rule, protection: 0 });
        const without = seeds.map((tieSeed) => decide({ ...how, tieSeed }, book([a, b, c])));
        if (part.alone === 'turned') for (const other of without) expect(other.winner).not.toBe(whole.winner);
        if (part.alone === 'levelled') expect(without[0]!.tied).toContain(whole.winner);
        if (part.stance === 'with' && part.alone === null && part.margin! > 0) for (const other of without) expect(other.winner).toBe(whole.winner);
        if (part.stance === 'against') {
          const more = decide(how, [...book([own, a, b, c]), { choice: `${part.option}`, weight: 1, count: part.margin! + 1 }]);
          expect(more.winner).toBe(part.option);
        }
        if (part.stance === 'with') {
          const fewer = [...whole.counts];
          fewer[whole.winner]! -= part.margin! + 1;
          expect(Math.max(...fewer)).toBeGreaterThan(fewer[whole.winner]!);
        }
      }
    }
  });

  it('leaves out a round that was held again, not one that the house overruled', () => {
    const rounds = [choice([4, 5], 1, { overruled: { taken: null, reason: 'x' } }), choice([4, 5], 1, { round: 1 }), choice([4, 5], 1, { round: 2, overruled: { taken: 0, reason: 'x' } })];
    expect(partsOf(rounds, { 0: '1', 1: '1', 2: '0' }, plain).map(({ choice: { round } }) => round)).toEqual([1, 2]);
  });

  it('looks only at rounds with a ballot of its own', () => {
    const rounds = [choice([4, 2], 0), choice([1, 6], 1, { round: 1 }), choice([3, 3], 1, { round: 2 })];
    expect(partsOf(rounds, { [-1]: '0', 0: '0', 2: '-' }, plain).map(({ choice: { round }, stance }) => [round, stance])).toEqual([[0, 'with'], [2, 'open']]);
  });

  it('calls close what a twentieth of the voters could have turned', () => {
    expect(closeWithin(0)).toBe(2);
    expect(closeWithin(200)).toBe(10);
    const [near, far] = partsOf([choice([52, 48], 0), choice([60, 40], 0, { round: 1 })], { 0: '0', 1: '0' }, plain);
    expect(isClose(near!, 100)).toBe(true);
    expect(isClose(far!, 100)).toBe(false);
  });

  it('remembers the roads it wanted and the hall did not take', () => {
    const road = (en: string) => ({ place: { en }, moment: { en: 'Night' }, speaker: null, words: { en: 'It rains.' } });
    const rounds = [
      choice([4, 2], 0, { roads: [road('Quay'), road('Hold')] }),
      choice([4, 2], 0, { round: 1, roads: [road('Quay'), null] }),
      choice([4, 2], 0, { round: 4, roads: [road('Quay'), road('Quay')] }),
      choice([4, 2], 0, { round: 2, roads: [] }),
      choice([4, 2], 1, { round: 3, roads: [road('Bridge'), road('Deck')] }),
    ];
    const parts = partsOf(rounds, { 0: '1', 1: '1', 2: '1', 3: '0>1', 4: '1' }, { rule: 'Ranked', protection: 0 });
    expect(missedRoads(parts).map(({ choice: { round }, option, road: { place } }) => [round, option, place['en']])).toEqual([[0, 1, 'Hold'], [3, 0, 'Bridge']]);
    expect(missedRoads(partsOf(rounds, { 0: '0', 3: '-' }, plain))).toEqual([]);
  });
});

describe('the epilogue', () => {
  const cast: readonly StageEpilogue[] = ['mei', 'tian', 'lao'].map((character) => ({ character, name: { en: character }, words: { en: '.' } }));
  const rounds = [
    choice([1, 1, 1], 0, { for: [['mei'], ['tian'], []] }),
    choice([1, 1, 1], 0, { round: 1, for: [['mei', 'mei'], ['tian', 'lao'], ['lao']] }),
    choice([1, 1, 1], 0, { round: 2, for: [['lao'], ['tian'], ['stranger']] }),
  ];
  const of = (votes: Record<number, string>) => epilogueOf(rounds, votes, cast)?.character ?? null;

  it('is of the character whose side was taken most often', () => {
    expect(of({ 0: '0', 1: '0', 2: '1' })).toBe('mei');
    expect(of({ 0: '1', 1: '1', 2: '2' })).toBe('tian');
  });

  it('counts a ranking by its favourite and shares an approval among what it approves', () => {
    expect(of({ 0: '0>1', 1: '0>1' })).toBe('mei');
    expect(of({ 0: '0', 1: '0+1+2', 2: '-' })).toBe('mei');
    expect(of({ 0: '1', 1: '0+2' })).toBe('tian');
  });

  it('between equals goes by the later round, then by the film', () => {
    expect(of({ 0: '0', 2: '1' })).toBe('tian');
    expect(of({ 0: '1', 1: '0' })).toBe('mei');
    expect(of({ 1: '1' })).toBe('tian');
  });

  it('is nobody’s for whoever took no side', () => {
    expect(of({})).toBeNull();
    expect(of({ 0: '2', 1: '-' })).toBeNull();
    expect(of({ 2: '2' })).toBeNull();
    expect(of({ [-1]: '0' })).toBeNull();
    expect(epilogueOf([choice([1, 1], 0)], { 0: '0' }, cast)).toBeNull();
    expect(epilogueOf(rounds, { 0: '0' }, [])).toBeNull();
  });
});
