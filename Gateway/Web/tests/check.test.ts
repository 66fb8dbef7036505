import { describe, expect, it } from 'vitest';
import { check, find, nobody, type Witness } from '../src/lib/check';
import { bookOf, decide, isCanonical, moved, type CountRule, type Verdict } from '../src/lib/count';
import type { BookLine, RecordedBallot, RecordedRound, ShowRecord, VotingRule } from '../src/lib/protocol';
import verdicts from './verdicts.json';

const line = (choice: string, count: number, weight = 1): BookLine => ({ choice, weight, count });
const how = (rule: VotingRule, options: number, more = {}) => ({ rule, options, ties: 'Draw' as const, tieSeed: '42', ...more });

describe('counting', () => {
  it('comes to what the server comes to: its own tests hold it to the same verdicts', () => {
    expect(verdicts.length).toBeGreaterThan(200);
    for (const { how, book, verdict } of verdicts as unknown as { how: CountRule; book: BookLine[]; verdict: Verdict }[]) expect(decide(how, book)).toEqual(verdict);
  });

  it('gives one vote each to what a ballot names, and none for an abstention', () => {
    const verdict = decide(how('Approval', 3), [line('0+2', 4), line('1', 3), line('-', 2)]);
    expect(verdict).toMatchObject({ counts: [4, 3, 4], voters: 9, abstained: 2, tied: [0, 2] });
  });

  it('multiplies by weight', () => {
    expect(decide(how('Plurality', 2), [line('0', 3), line('1', 2, 2)])).toMatchObject({ winner: 1, counts: [3, 4], voters: 5, tied: [] });
  });

  it('runs off: the weakest leaves and its ballots move on or rest', () => {
    const verdict = decide(how('Ranked', 3), [line('0>1', 8), line('1>2', 7), line('2>1', 4), line('2', 1)]);
    expect(verdict).toMatchObject({ winner: 1, counts: [8, 7, 5], runoff: [{ counts: [8, 7, 5], out: 2 }, { counts: [8, 11, 0], out: null }] });
    expect(moved(verdict.runoff, 0)).toEqual({ to: [[1, 4]], rest: 1 });
  });

  it('needs no run-off where the first choices decide', () => {
    expect(decide(how('Ranked', 3), [line('0>1', 5), line('1', 2)])).toMatchObject({ winner: 0, runoff: [] });
  });

  it('settles what is level by the rule: the winner and, at the other end, who leaves', () => {
    const level = [line('0', 2), line('1', 2)];
    expect(decide(how('Plurality', 2, { ties: 'First' }), level).winner).toBe(0);
    expect(decide(how('Plurality', 2, { ties: 'Last' }), level).winner).toBe(1);
    const three = [line('0>1', 3), line('1', 2), line('2>0', 2)];
    expect(decide(how('Ranked', 3, { ties: 'First' }), three).runoff[0]?.out).toBe(2);
    expect(decide(how('Ranked', 3, { ties: 'Last' }), three).runoff[0]?.out).toBe(1);
  });

  it('knows which ballots a rule allows', () => {
    expect(['0', '3', '-', '0+1', '', '4'].map((choice) => isCanonical(how('Plurality', 3), choice))).toEqual([true, false, true, false, false, false]);
    expect(['0+2', '2+0', '0>2', '0+0'].map((choice) => isCanonical(how('Approval', 3), choice))).toEqual([true, false, false, false]);
    expect(['2>0', '0+2', '2>2', '1>x'].map((choice) => isCanonical(how('Ranked', 3), choice))).toEqual([true, false, false, false]);
  });
});

const text = (words: string) => ({ en: words });
const ballot = (proof: string, choice: string, weight = 1): RecordedBallot => ({ proof, choice, weight });

function round(number: number, rule: VotingRule, ballots: readonly RecordedBallot[], options = 3): RecordedRound {
  const book = bookOf(ballots);
  const verdict = decide(how(rule, options), book);
  return {
    rule, ties: 'Draw', tieSeed: '42', book, ballots,
    choice: {
      round: number, question: text('?'), options: Array.from({ length: options }, (_, at) => text(`${at}`)),
      winner: verdict.winner, counts: verdict.counts, voters: verdict.voters, abstained: verdict.abstained, for: [], roads: [],
    },
  };
}

describe('the record of a show', () => {
  const honest: ShowRecord = {
    session: 's', title: text('Film'),
    rounds: [
      round(0, 'Plurality', [ballot('AAAAA-AAAAA', '0'), ballot('BBBBB-BBBBB', '1'), ballot('CCCCC-CCCCC', '1', 2)]),
      round(1, 'Ranked', [ballot('DDDDD-DDDDD', '2>0'), ballot('EEEEE-EEEEE', '0'), ballot('FFFFF-FFFFF', '1>0'), ballot('GGGGG-GGGGG', '-')]),
    ],
  };
  const mine: Witness = {
    shown: honest.rounds.map((one) => one.choice),
    receipts: [
      { round: 0, n: 1, choice: '0', proof: 'OLDER-OLDER' }, { round: 0, n: 2, choice: '1', proof: 'CCCCC-CCCCC' },
      { round: 1, n: 1, choice: '2>0', proof: 'DDDDD-DDDDD' },
    ],
    sent: () => 2,
    handedOver: false,
  };
  const with0 = (change: Partial<RecordedRound>): ShowRecord => ({ ...honest, rounds: [{ ...honest.rounds[0]!, ...change }, honest.rounds[1]!] });

  it('adds up, and the own votes stand', () => {
    const checked = check(honest, mine);
    expect(checked.well).toBe(true);
    expect(checked.rounds.map((one) => [one.own, one.weight, one.faults])).toEqual([['stands', 2, []], ['stands', 1, []]]);
    expect(check(honest, nobody)).toMatchObject({ well: true, rounds: [{ own: 'none' }, { own: 'none' }] });
  });

  it('finds a ballot by its code', () => {
    expect(find(honest, 'FFFFF-FFFFF')).toMatchObject({ choice: '1>0', round: { choice: { round: 1 } } });
    expect(find(honest, 'OLDER-OLDER')).toBeNull();
  });

  it.each<[string, ShowRecord, string]>([
    ['another winner', with0({ choice: { ...honest.rounds[0]!.choice, winner: 0 } }), 'winner'],
    ['other numbers', with0({ choice: { ...honest.rounds[0]!.choice, counts: [2, 3, 0] } }), 'counts'],
    ['a hidden abstention', with0({ choice: { ...honest.rounds[0]!.choice, abstained: 1 } }), 'counts'],
    ['a book that differs', with0({ book: [line('0', 1), line('1', 2)] }), 'book'],
    ['a ballot too many', with0({ ballots: [...honest.rounds[0]!.ballots, ballot('HHHHH-HHHHH', '0')] }), 'book'],
    ['two ballots under one code', with0({ ballots: [...honest.rounds[0]!.ballots, ballot('AAAAA-AAAAA', '0')] }), 'ballots'],
    ['a ballot the rule does not allow', with0({ ballots: [ballot('AAAAA-AAAAA', '0+1')] }), 'ballots'],
    ['a weight nobody can carry', with0({ ballots: [ballot('AAAAA-AAAAA', '0', 5)] }), 'ballots'],
  ])('with %s is not well', (_, record, fault) => {
    const checked = check(record, nobody);
    expect(checked.well).toBe(false);
    expect(checked.rounds[0]!.faults).toContain(fault);
  });

  it('that leaves out a round, or names another result than was shown, is not well', () => {
    expect(check({ ...honest, rounds: [honest.rounds[1]!] }, mine)).toMatchObject({ well: false, rounds: [{ faults: ['missing'] }, { faults: [] }] });
    const shown = [{ ...honest.rounds[0]!.choice, winner: 0 }, honest.rounds[1]!.choice];
    expect(check(honest, { ...mine, shown }).rounds[0]!.faults).toEqual(['shown']);
  });

  it('without the own ballot, or with another choice under its code, is not well', () => {
    const without = round(1, 'Ranked', honest.rounds[1]!.ballots.slice(1));
    const dropped = check({ ...honest, rounds: [honest.rounds[0]!, without] }, { ...mine, shown: null, sent: () => 1 });
    expect(dropped).toMatchObject({ well: false, rounds: [{ own: 'stands' }, { own: 'gone', faults: [] }] });
    const other = round(1, 'Ranked', [ballot('DDDDD-DDDDD', '0>2'), ...honest.rounds[1]!.ballots.slice(1)]);
    expect(check({ ...honest, rounds: [honest.rounds[0]!, other] }, { ...mine, shown: null }).rounds[1]!.own).toBe('changed');
  });

  it('without a ballot that a tap without an answer may have replaced is no proof against the hall', () => {
    const without = round(1, 'Ranked', honest.rounds[1]!.ballots.slice(1));
    expect(check({ ...honest, rounds: [honest.rounds[0]!, without] }, { ...mine, shown: null, sent: () => 2 })).toMatchObject({ well: true, rounds: [{}, { own: 'replaced' }] });
    expect(check({ ...honest, rounds: [honest.rounds[0]!, without] }, { ...mine, shown: null, sent: () => 1, handedOver: true })).toMatchObject({ well: true, rounds: [{}, { own: 'handed' }] });
  });
});
