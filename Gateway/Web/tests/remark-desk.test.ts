import { describe, expect, it } from 'vitest';
import { RemarkDesk } from '../src/console/remarks.svelte';
import type { HeldRemark, RemarkQueue } from '../src/lib/protocol';

const held = (id: string, seat = 1): HeldRemark => ({ id, seat, words: id, atMs: 0, standing: 'Waiting' });
const queue = (...ids: string[]): RemarkQueue => ({ waiting: ids.length, approved: 0, remarks: ids.map((id) => held(id)) });

/** A link whose answers the test gives, in the order it likes. */
function link() {
  const calls: { method: string; value: unknown; answer: (result: unknown) => void; fail: () => void }[] = [];
  return {
    calls,
    invoke: <T>(method: string, value: unknown) => new Promise<T>((resolve, reject) => calls.push({ method, value, answer: (result) => resolve(result as T), fail: () => reject(new Error('gone')) })),
  };
}
const settled = () => new Promise((done) => setTimeout(done, 0));

describe('the queue of remarks', () => {
  it('lets a remark go at once, and a look from before the decision does not bring it back', async () => {
    const wire = link();
    const desk = new RemarkDesk(wire, 's');
    void desk.look();
    wire.calls[0]!.answer(queue('a', 'b'));
    await settled();
    void desk.look();
    void desk.judge(desk.queue!.remarks[0]!, 'Approve');
    expect(desk.queue).toMatchObject({ waiting: 1, remarks: [{ id: 'b' }] });
    wire.calls[1]!.answer(queue('a', 'b'));
    await settled();
    expect(desk.queue!.remarks.map(({ id }) => id)).toEqual(['b']);
    expect(wire.calls[2]).toMatchObject({ method: 'Judge', value: { session: 's', remark: 'a', verdict: 'Approve' } });
    wire.calls[2]!.answer({ refusal: null });
    await settled();
    expect(desk.last).toMatchObject({ remark: { id: 'a' }, verdict: 'Approve' });
    expect(wire.calls[3]!.method).toBe('Remarks');
  });

  it('judges one remark once, however often the key is pressed', () => {
    const wire = link();
    const desk = new RemarkDesk(wire, 's');
    for (let n = 0; n < 3; n++) void desk.judge(held('a'), 'Reject');
    expect(wire.calls.length).toBe(1);
  });

  it('brings back what the hall refused or never heard, and says why', async () => {
    const wire = link();
    const desk = new RemarkDesk(wire, 's');
    void desk.judge(held('a'), 'Approve');
    const sentence = { en: 'Full.', zh: '满了。' };
    wire.calls[0]!.answer({ refusal: { code: 'wall-full', sentence } });
    await settled();
    wire.calls[1]!.answer(queue('a'));
    await settled();
    expect([desk.queue!.waiting, desk.trouble, desk.last]).toEqual([1, sentence, null]);
    void desk.judge(held('a'), 'Approve');
    wire.calls[2]!.fail();
    await settled();
    expect(desk.trouble).toBe('unreachable');
  });

  it('takes the last decision back, once', async () => {
    const wire = link();
    const desk = new RemarkDesk(wire, 's');
    await desk.undo();
    expect(wire.calls.length).toBe(0);
    void desk.judge(held('a'), 'Reject');
    wire.calls[0]!.answer({ refusal: null });
    await settled();
    void desk.undo();
    expect(wire.calls.at(-1)).toMatchObject({ method: 'Judge', value: { remark: 'a', verdict: 'Withdraw' } });
    wire.calls.at(-1)!.answer({ refusal: null });
    await settled();
    const before = wire.calls.length;
    await desk.undo();
    expect(wire.calls.length).toBe(before);
  });
});
