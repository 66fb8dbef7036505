import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMock } from '../mock/server.mjs';
import { Link, type LinkState } from '../src/lib/connection';
import type { AudienceNow, CastAnswer, Refusal, Stage } from '../src/lib/protocol';

/** The link against a hub that speaks the wire protocol, over a real socket. */
describe('the link', () => {
  let mock: ReturnType<typeof createMock>;
  let port: number;
  let link: Link;
  let stages: Stage[];
  let states: LinkState[];
  let resumed: AudienceNow[];
  let prepared: number[];
  let ticket: string;
  let left: Refusal[];

  beforeEach(async () => {
    mock = createMock({ scene: 'round' });
    port = await mock.listen();
    [stages, states, resumed, prepared, left, ticket] = [[], [], [], [], [], 'viewer-0'];
    link = new Link({
      hub: `http://127.0.0.1:${port}/hubs/audience`,
      ticket: () => ticket,
      stage: (stage) => stages.push(stage),
      tally: () => undefined,
      leave: (why) => left.push(why),
      state: (state) => states.push(state),
      resume: async () => void resumed.push(await link.invoke<AudienceNow>('Now')),
      prepare: async (attempt) => void prepared.push(attempt),
    });
  });

  afterEach(async () => {
    await link.stop();
    await mock.close();
  });

  const until = (probe: () => void) => vi.waitFor(probe, { timeout: 8000, interval: 10 });

  it('fetches the present before it is live, and votes', async () => {
    link.start();
    await until(() => expect(states).toEqual(['connecting', 'live']));
    expect(resumed[0]).toMatchObject({ seat: 17, stage: { phase: 'Playing' } });
    const answer = await link.invoke<CastAnswer>('Cast', { round: 3, choice: [2], n: 1 });
    expect(answer.receipt).toMatchObject({ status: 'Counted', n: 1, choice: '2' });
  });

  it('hands over what is pushed', async () => {
    link.start();
    await until(() => expect(states).toContain('live'));
    mock.play('decided');
    await until(() => expect(stages.at(-1)?.round?.state).toBe('Decided'));
  });

  it('comes back and resumes after the connection broke', async () => {
    link.start();
    await until(() => expect(states).toEqual(['connecting', 'live']));
    mock.drop();
    await until(() => expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live']));
    expect(resumed).toHaveLength(2);
  });

  it('rejects an invocation that the break cut off', async () => {
    link.start();
    await until(() => expect(states).toContain('live'));
    mock.state.onCast = () => mock.silence;
    const cast = link.invoke('Cast', { round: 3, choice: [0], n: 1 });
    await until(() => expect(mock.state.casts).toHaveLength(1));
    mock.drop();
    await expect(cast).rejects.toThrow();
  });

  it('does not come back when it is sent away', async () => {
    link.start();
    await until(() => expect(states).toContain('live'));
    mock.leave('kicked', 'Please leave.', '请退出。');
    await until(() => expect(left.map((why) => why.code)).toEqual(['kicked']));
    await until(() => expect(mock.hubs.clients.size).toBe(0));
    // Whatever would have made it try again finds it stopped.
    globalThis.dispatchEvent?.(new Event('online'));
    expect(states).toEqual(['connecting', 'live']);
    expect(prepared).toEqual([0]);
  });

  it('keeps trying while it is turned away, counting attempts, with the ticket of the moment', async () => {
    ticket = 'expired';
    link.start();
    await until(() => expect(prepared.length).toBeGreaterThan(2));
    expect(states).toEqual(['connecting']);
    ticket = 'viewer-0';
    await until(() => expect(states).toEqual(['connecting', 'live']));
    expect(prepared.slice(0, 3)).toEqual([0, 1, 2]);
  });
});
