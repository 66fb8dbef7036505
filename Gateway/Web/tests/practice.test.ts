import { describe, expect, it } from 'vitest';
import { arrivalAt, noRound } from '../src/lib/arrival';
import type { Ballot } from '../src/lib/ballot';
import type { CastBallot, Receipt, Stage, StageChoice } from '../src/lib/protocol';
import { keepReceipt, receiptsOf } from '../src/lib/receipts';
import { Voter, type Shared } from '../src/lib/voter';
import { scenes } from '../mock/scenes.mjs';

const receipt = (round: number, n: number, choice: string): Receipt => ({ status: 'Counted', round, seat: 17, n, choice, shard: 0, version: 5, proof: `PROOF-${round}-${n}` });
const stage = (name: keyof typeof scenes, more: Partial<Stage> = {}): Stage => ({ ...(scenes[name](0, {}) as unknown as Stage), ...more });

/** A phone in the lobby whose hall answers at once. */
function phone() {
  const kept = new Map<number, Shared>();
  const casts: CastBallot[] = [];
  const seen: Ballot[] = [];
  const voter = new Voter({
    cast: async (ballot) => {
      casts.push(ballot);
      return { receipt: receipt(ballot.round, ballot.n, ballot.choice.length === 0 ? '-' : ballot.choice.join('+')), refusal: null };
    },
    ask: () => undefined, read: (round) => kept.get(round) ?? null, write: (round, shared) => void kept.set(round, shared),
    now: () => 1000, later: () => () => undefined, random: () => 0, changed: (ballot) => seen.push(ballot),
  });
  return { voter, casts, seen, kept };
}

describe('the lobby’s practice', () => {
  it('is cast, changed and receipted like any other round', async () => {
    const { voter, casts, seen } = phone();
    voter.enter(-1);
    voter.tap('1');
    await Promise.resolve();
    expect(seen.at(-1)).toMatchObject({ round: -1, status: 'recorded', changed: false, standing: { n: 1, choice: '1', proof: 'PROOF--1-1' } });
    voter.tap('0');
    await Promise.resolve();
    expect(casts).toEqual([{ round: -1, choice: [1], n: 1 }, { round: -1, choice: [0], n: 2 }]);
    expect(seen.at(-1)).toMatchObject({ status: 'recorded', changed: true, standing: { n: 2, choice: '0' } });
  });

  it('is found again after a reload, and left behind by the first round', async () => {
    const { voter, seen, kept } = phone();
    kept.set(-1, { tap: { n: 3, choice: '2', at: 900 }, standing: { n: 3, choice: '2', shard: 0, version: 5, proof: 'P' } });
    voter.enter(-1);
    voter.present(receipt(-1, 3, '2'));
    expect(seen.at(-1)).toMatchObject({ round: -1, status: 'recorded', standing: { choice: '2' } });
    voter.enter(0);
    expect(seen.at(-1)).toMatchObject({ round: 0, status: 'none', standing: null, top: 0 });
  });

  it('leaves no receipt among those that are held against the record', () => {
    expect(keepReceipt('practice', receipt(-1, 1, '0'))).toEqual([]);
    keepReceipt('practice', receipt(0, 1, '1'));
    expect(receiptsOf('practice').map(({ round }) => round)).toEqual([0]);
  });
});

describe('the first look at a show', () => {
  it('in the lobby has missed nothing', () => {
    expect(arrivalAt(stage('lobby'))).toEqual({ round: noRound, late: false });
    expect(arrivalAt(stage('lobby-practice'))).toEqual({ round: -1, late: false });
    expect(arrivalAt(stage('practice-decided'))).toEqual({ round: -1, late: false });
  });

  it('in a vote answers for none up to that one', () => {
    expect(arrivalAt(stage('round'))).toEqual({ round: 3, late: true });
    expect(arrivalAt(stage('decided'))).toEqual({ round: 3, late: true });
  });

  it('between two votes answers for none that was decided', () => {
    const decided = [0, 1, 2].map((round) => ({ round }) as StageChoice);
    expect(arrivalAt(stage('beat', { choices: decided }))).toEqual({ round: 2, late: true });
    expect(arrivalAt(stage('opening'))).toEqual({ round: noRound, late: false });
  });
});
