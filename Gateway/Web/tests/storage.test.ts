import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepReceipt, lastOf, receiptsOf, votesOf } from '../src/lib/receipts';
import { forget, keep, kept } from '../src/lib/storage';

/** A browser's storage that can fill up or be taken away. */
class Disk implements Storage {
  readonly items = new Map<string, string>();
  full = false;
  get length(): number { return this.items.size; }
  clear(): void { this.items.clear(); }
  key(at: number): string | null { return [...this.items.keys()][at] ?? null; }
  getItem(key: string): string | null { return this.items.get(key) ?? null; }
  removeItem(key: string): void { this.items.delete(key); }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, value);
  }
}

let disk: Disk;
beforeEach(() => vi.stubGlobal('localStorage', (disk = new Disk())));
afterEach(() => {
  for (const key of ['a', 'receipts', 'receipts.s']) forget(key);
  vi.unstubAllGlobals();
});

describe('what a device keeps', () => {
  it('is what was kept last, also when the disk is full', () => {
    keep('a', 1);
    disk.full = true;
    keep('a', 2);
    expect(kept('a')).toBe(2);
    disk.full = false;
    keep('a', 3);
    disk.setItem('story.a', '4');
    expect(kept('a'), 'another tab writes on').toBe(4);
  });

  it('lives as long as the page where there is no storage', () => {
    vi.stubGlobal('localStorage', undefined);
    keep('a', { n: 7 });
    expect(kept('a')).toEqual({ n: 7 });
    forget('a');
    expect(kept('a')).toBeNull();
  });

  it('that cannot be read is nothing', () => {
    disk.items.set('story.a', '{');
    expect(kept('a')).toBeNull();
  });
});

describe('receipts', () => {
  const receipt = (round: number, n: number, choice: string, proof = `P${round}${n}`) => ({ round, n, choice, proof });

  it('are all kept, once each, and the last of a round is the vote', () => {
    for (const one of [receipt(0, 2, '1'), receipt(0, 1, '0'), receipt(0, 2, '1'), receipt(1, 1, '2>0')]) keepReceipt('s', one);
    expect(receiptsOf('s')).toHaveLength(3);
    expect(lastOf(receiptsOf('s'), 0)).toEqual(receipt(0, 2, '1'));
    expect(lastOf(receiptsOf('s'), 9)).toBeNull();
    expect(votesOf(receiptsOf('s'))).toEqual({ 0: '1', 1: '2>0' });
  });

  it('of nothing are none, and a code that comes later is added', () => {
    keepReceipt('s', { round: 0, n: 0, choice: '', proof: '' });
    expect(receiptsOf('s')).toEqual([]);
    keepReceipt('s', receipt(0, 1, '0', ''));
    keepReceipt('s', receipt(0, 1, '0', 'P01'));
    keepReceipt('s', receipt(0, 1, '0', ''));
    expect(receiptsOf('s')).toEqual([receipt(0, 1, '0', 'P01')]);
  });

  it('of the last eight sessions stay, and of more than five hundred the newest', () => {
    for (let i = 0; i < 10; i++) keepReceipt(`s${i}`, receipt(0, 1, '0'));
    expect([receiptsOf('s0'), receiptsOf('s1'), receiptsOf('s2')].map((list) => list.length)).toEqual([0, 0, 1]);
    for (let n = 1; n <= 510; n++) keepReceipt('s9', receipt(1, n, '0'));
    expect(receiptsOf('s9')).toHaveLength(500);
    expect(lastOf(receiptsOf('s9'), 1)?.n).toBe(510);
  });
});
