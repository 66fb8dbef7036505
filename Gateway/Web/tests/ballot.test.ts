import { describe, expect, it } from 'vitest';
import * as machine from '../src/lib/ballot';
import type { Ballot, Tap } from '../src/lib/ballot';
import type { Receipt, ReceiptStatus } from '../src/lib/protocol';

function receipt(status: ReceiptStatus, n: number, choice: string, round = 3): Receipt {
  return { status, round, seat: 17, n, choice, shard: 0, version: n === 0 ? 0 : 100 + n, proof: n === 0 ? '' : `PROOF-${n}` };
}

function afterTap(choice = '1', ballot = machine.fresh(3)): Ballot {
  return machine.tap(ballot, choice, 1000, null).ballot;
}

const refusal = (code: string) => ({ code, sentence: { en: code, zh: code } });

describe('a tap', () => {
  it('is numbered one above the highest sent or seen, also by another tab', () => {
    const first = machine.tap(machine.fresh(3), '1', 1000, null);
    expect(first.send).toEqual({ tap: { n: 1, choice: '1', at: 1000 }, afterMs: 0 });
    const seen = machine.answered(first.ballot, 1, receipt('Counted', 1, '1'), null).ballot;
    expect(machine.tap(seen, '2', 2000, { n: 7, choice: '0', at: 1500 }).send?.tap.n).toBe(8);
  });

  it('is not on record before a receipt says so', () => {
    const ballot = afterTap();
    expect(ballot.status).toBe('sending');
    expect(ballot.standing).toBeNull();
    expect(machine.shown(ballot)).toBe('1');
  });

  it('on what is chosen already sends nothing', () => {
    expect(machine.tap(afterTap('1'), '1', 2000, null).send).toBeNull();
    const recorded = machine.answered(afterTap('1'), 1, receipt('Counted', 1, '1'), null).ballot;
    expect(machine.tap(recorded, '1', 2000, null).send).toBeNull();
  });

  it('on what is chosen here, when another tab chose since, is sent', () => {
    const recorded = machine.answered(afterTap('1'), 1, receipt('Counted', 1, '1'), null).ballot;
    expect(machine.tap(recorded, '1', 3000, { n: 2, choice: '0', at: 2000 }).send?.tap).toEqual({ n: 3, choice: '1', at: 3000 });
  });

  it('is later than every tap it knows of, whatever the clock says', () => {
    const before: Tap = { n: 4, choice: '0', at: 9_000_000 };
    const set = machine.tap(machine.fresh(3), '1', 1000, before);
    expect(set.send?.tap).toEqual({ n: 5, choice: '1', at: 9_000_001 });
    expect(machine.tap(set.ballot, '2', 500, null).send?.tap.at).toBe(9_000_002);
  });

  it.each(['2>0', '2>0>1', '-'])('casts %s like any other ballot', (choice) => {
    const cast = machine.tap(machine.fresh(3), choice, 1000, null);
    expect(cast.send?.tap).toMatchObject({ n: 1, choice });
    expect(machine.answered(cast.ballot, 1, receipt('Counted', 1, choice), null).ballot).toMatchObject({ status: 'recorded', standing: { choice } });
  });

  it('after the seal changes nothing', () => {
    const closed = machine.answered(afterTap(), 1, receipt('Closed', 0, ''), null).ballot;
    expect(machine.tap(closed, '0', 2000, null)).toEqual({ ballot: closed, send: null, ask: false });
  });
});

describe('a receipt', () => {
  it('puts the vote on record', () => {
    const { ballot } = machine.answered(afterTap(), 1, receipt('Counted', 1, '1'), null);
    expect(ballot).toMatchObject({ status: 'recorded', tap: null, changed: false, standing: { n: 1, choice: '1', version: 101 } });
  });

  it('of a coalesced successor settles the successor, and the older answer changes nothing', () => {
    const second = machine.tap(afterTap('1'), '2', 1100, null).ballot;
    const settled = machine.answered(second, 1, receipt('Counted', 2, '2'), null).ballot;
    expect(settled).toMatchObject({ status: 'recorded', standing: { n: 2, choice: '2' } });
    expect(machine.answered(settled, 2, receipt('Counted', 2, '2'), null).ballot).toEqual(settled);
  });

  it('of an older tap leaves the newer one on its way', () => {
    const second = machine.tap(afterTap('1'), '2', 1100, null).ballot;
    expect(machine.answered(second, 1, receipt('Counted', 1, '1'), null).ballot).toMatchObject({ status: 'sending', tap: { n: 2 }, standing: { n: 1 } });
  });

  it('says when the vote was changed', () => {
    const first = machine.answered(afterTap('1'), 1, receipt('Counted', 1, '1'), null).ballot;
    const second = machine.tap(first, '0', 1100, null).ballot;
    expect(machine.answered(second, 2, receipt('Counted', 2, '0'), null).ballot).toMatchObject({ status: 'recorded', changed: true });
  });

  it('of another round is ignored', () => {
    const ballot = afterTap();
    expect(machine.answered(ballot, 1, receipt('Counted', 1, '1', 2), null).ballot).toBe(ballot);
  });
});

describe('the code of a receipt', () => {
  it('is kept with the ballot that stands, and not lost to an answer without it', () => {
    const { ballot } = machine.answered(afterTap(), 1, receipt('Counted', 1, '1'), null);
    expect(ballot.standing?.proof).toBe('PROOF-1');
    expect(machine.present(ballot, { ...receipt('Counted', 1, '1'), proof: '' }, null).ballot.standing?.proof).toBe('PROOF-1');
  });

  it('of a replaced ballot goes with it', () => {
    const first = machine.answered(afterTap(), 1, receipt('Counted', 1, '1'), null).ballot;
    const second = machine.tap(first, '0', 1100, null).ballot;
    expect(machine.answered(second, 2, { ...receipt('Counted', 2, '0'), proof: '' }, null).ballot.standing?.proof).toBe('');
  });
});

describe('a page that comes back', () => {
  const standing = { n: 2, choice: '1', shard: 0, version: 102, proof: 'PROOF-2' };

  it('numbers on from what the device sent, also where nothing stands yet', () => {
    const { ballot } = machine.restored(machine.fresh(3), null, { n: 6, choice: '0', at: 900 });
    expect(machine.tap(ballot, '1', 1000, { n: 6, choice: '0', at: 900 }).send?.tap.n).toBe(7);
  });

  it('sends a tap without an answer again, with its number', () => {
    const { ballot, send } = machine.restored(machine.fresh(3), standing, { n: 3, choice: '0', at: 900 });
    expect(send).toEqual({ tap: { n: 3, choice: '0', at: 900 }, afterMs: 0 });
    expect(ballot).toMatchObject({ status: 'sending', standing });
    expect(machine.present(ballot, receipt('Counted', 3, '0'), null)).toMatchObject({ send: null, ballot: { status: 'recorded', tap: null } });
  });

  it('sends nothing when the last tap stands', () => {
    expect(machine.restored(machine.fresh(3), standing, { n: 2, choice: '1', at: 900 })).toMatchObject({ send: null, ballot: { status: 'recorded', tap: null, top: 2 } });
  });
});

describe('stale', () => {
  it('renumbers a tap that is newer than what stands', () => {
    const { ballot, send } = machine.answered(afterTap(), 1, receipt('Stale', 5, '0'), null);
    expect(send).toEqual({ tap: { n: 6, choice: '1', at: 1000 }, afterMs: 0 });
    expect(ballot).toMatchObject({ status: 'sending', top: 6, standing: { n: 5, choice: '0' } });
  });

  it('yields to a later tap of another tab', () => {
    const other: Tap = { n: 2, choice: '0', at: 1500 };
    const { ballot, send } = machine.answered(afterTap(), 1, receipt('Stale', 2, '0'), other);
    expect(send).toBeNull();
    expect(ballot).toMatchObject({ tap: null, status: 'recorded', standing: { n: 2, choice: '0' } });
  });

  it('with our own ballot inside is a receipt', () => {
    expect(machine.answered(afterTap(), 1, receipt('Stale', 1, '1'), null)).toMatchObject({ send: null, ballot: { status: 'recorded' } });
  });
});

describe('closed', () => {
  it('is late when nothing of ours was in time', () => {
    expect(machine.answered(afterTap(), 1, receipt('Closed', 0, ''), null).ballot).toMatchObject({ status: 'late', closed: true, standing: null });
  });

  it('keeps the vote that was in time', () => {
    const first = machine.answered(afterTap('1'), 1, receipt('Counted', 1, '1'), null).ballot;
    const second = machine.tap(first, '0', 1100, null).ballot;
    expect(machine.answered(second, 2, receipt('Closed', 1, '1'), null).ballot).toMatchObject({ status: 'late', standing: { n: 1, choice: '1' } });
  });

  it('with our number inside was counted after all', () => {
    expect(machine.answered(afterTap(), 1, receipt('Closed', 1, '1'), null).ballot.status).toBe('recorded');
  });

  it('as a refusal asks for the present, which may know better', () => {
    const late = machine.refused(afterTap(), 1, refusal('round-closed'));
    expect(late).toMatchObject({ ask: true, send: null, ballot: { status: 'late' } });
    expect(machine.present(late.ballot, receipt('Closed', 1, '1'), null).ballot).toMatchObject({ status: 'recorded', tap: null });
    expect(machine.present(late.ballot, null, null)).toMatchObject({ send: null, ballot: { status: 'late', tap: null } });
  });
});

describe('trouble', () => {
  it('busy sends the same again after a while', () => {
    const { ballot, send } = machine.answered(afterTap(), 1, receipt('Busy', 0, ''), null);
    expect(ballot.status).toBe('retrying');
    expect(send).toEqual({ tap: { n: 1, choice: '1', at: 1000 }, afterMs: machine.busyMs });
  });

  it('busy never puts anything on record, whatever it carries', () => {
    expect(machine.answered(afterTap(), 1, receipt('Busy', 1, '1'), null).ballot.standing).toBeNull();
  });

  it.each([['slow-down', machine.slowMs, 'retrying'], ['held', machine.heldMs, 'held'], ['busy', machine.busyMs, 'retrying']] as const)(
    '%s tries again', (code, afterMs, status) => {
      expect(machine.refused(afterTap(), 1, refusal(code))).toMatchObject({ send: { afterMs }, ballot: { status } });
    });

  it('any other refusal is told and not repeated', () => {
    expect(machine.refused(afterTap(), 1, refusal('bad-choice'))).toMatchObject({ send: null, ballot: { status: 'refused', tap: null, refusal: { code: 'bad-choice' } } });
  });

  it('a lost connection keeps the tap, and the present sends it again with the same number', () => {
    const offline = machine.lost(afterTap()).ballot;
    expect(offline.status).toBe('offline');
    expect(machine.present(offline, receipt('Counted', 0, ''), null).send).toEqual({ tap: { n: 1, choice: '1', at: 1000 }, afterMs: 0 });
  });

  it('a lost connection whose tap had arrived sends nothing', () => {
    const offline = machine.lost(afterTap()).ballot;
    expect(machine.present(offline, receipt('Counted', 1, '1'), null)).toMatchObject({ send: null, ballot: { status: 'recorded' } });
  });

  it('the present after a reload shows what stands', () => {
    expect(machine.present(machine.fresh(3), receipt('Counted', 4, '2'), null).ballot).toMatchObject({ status: 'recorded', top: 4, standing: { choice: '2' } });
  });

  it('an overdue answer sends the same again', () => {
    expect(machine.overdue(afterTap(), 1).send?.tap.n).toBe(1);
    expect(machine.overdue(afterTap(), 9).send).toBeNull();
  });
});
