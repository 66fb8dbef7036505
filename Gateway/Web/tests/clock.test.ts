import { describe, expect, it } from 'vitest';
import { ServerClock } from '../src/lib/clock';

describe('the server clock', () => {
  it('believes the smallest round trip', () => {
    const clock = new ServerClock(() => 10_000);
    clock.sample(1000, 6400, 2000);
    clock.sample(2000, 7010, 2020);
    clock.sample(3000, 8900, 3600);
    expect(clock.now()).toBe(15_000);
    expect(clock.error).toBe(10);
  });

  it('takes a hint only until the first ping', () => {
    const clock = new ServerClock(() => 10_000);
    clock.hint(12_000);
    expect(clock.now()).toBe(12_000);
    clock.sample(1000, 6010, 1020);
    clock.hint(99_000);
    expect(clock.now()).toBe(15_000);
  });

  it('measures anew after a sleep, five pings', async () => {
    let device = 0;
    const trips = [90, 40, 10, 70, 30];
    const clock = new ServerClock(() => device);
    let at = 0;
    await clock.measure(async (sent) => {
      const trip = trips[at++]!;
      device += trip;
      return { sent, server: sent + trip / 2 + 5000 };
    });
    expect(at).toBe(5);
    expect(clock.now() - device).toBe(5000);
  });
});
