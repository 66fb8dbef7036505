import { describe, expect, it } from 'vitest';
import { alarmsFor, alarmsOf, minutesLate, ringing, type Alarm, type HouseNow } from '../src/house/house';
import { felt, percent, steps, strongest, type InsightBeat } from '../src/insights/insights';
import { whoChose } from '../src/lib/house';
import { feelings } from '../src/lib/protocol';

const alarm = (kind: Alarm['kind'], level: Alarm['level']): Alarm => ({ kind, level, sinceMs: 0, what: { en: 'x' }, mend: { en: 'y' } });
const tile = (session: string, ...alarms: Alarm[]) => ({ session: { session }, answers: true, alarms }) as never;
const hall = (alarms: Alarm[], ...sessions: never[]) => ({ nowMs: 0, alarms, journal: null, writers: 1, freeBytes: null, sessions });
const house = (here: ReturnType<typeof hall>, others: HouseNow['others'] = []): HouseNow => ({ here, others });

describe('the house', () => {
  it('rings for what is grave, here and where others answer, and not for warnings', () => {
    const two = { name: 'Two', url: 'http://two', sinceMs: 0, hall: hall([], tile('b', alarm('NoPhones', 'Grave'))) };
    const seen = house(hall([alarm('DiskLow', 'Warning')], tile('a', alarm('WallLost', 'Grave'), alarm('Fallbacks', 'Warning'))), [{ ...two, trouble: 'None' }]);
    expect([...ringing(seen)]).toEqual(['/a/WallLost', 'http://two/b/NoPhones']);
    expect([...ringing({ ...seen, others: [{ ...two, trouble: 'NoAnswer' }] })]).toEqual(['/a/WallLost']);
    expect(alarmsOf(seen.here).map((one) => one.kind)).toEqual(['DiskLow', 'WallLost', 'Fallbacks']);
  });

  it('gives a console the alarms of the hall and of its own session, the gravest first', () => {
    const seen = house(hall([alarm('DiskLow', 'Warning')], tile('a', alarm('WallLost', 'Grave')), tile('b', alarm('NoPhones', 'Grave'))));
    expect(alarmsFor(seen, 'a').map((one) => one.kind)).toEqual(['WallLost', 'DiskLow']);
    expect(alarmsFor(seen, 'c').map((one) => one.kind)).toEqual(['DiskLow']);
  });

  it.each([
    [{ endsAtMs: 0, forecastMs: 0 }, 5e6, 0],
    [{ endsAtMs: 1e6, forecastMs: 1e6 }, 5e5, 0],
    [{ endsAtMs: 1e6, forecastMs: 1e6 + 29_000 }, 5e5, 0],
    [{ endsAtMs: 1e6, forecastMs: 1e6 + 31_000 }, 5e5, 1],
    [{ endsAtMs: 1e6, forecastMs: 1e6 + 200_000 }, 5e5, 3],
    [{ endsAtMs: 1e6, forecastMs: 1e6 }, 1e6 + 125_000, 2],
  ])('says how late %j is', (show, now, late) => expect(minutesLate(show, now)).toBe(late));
});

describe('insights', () => {
  const beat = (beat: number, atMs: number, tension: number) => ({ beat, atMs, untilMs: atMs + 50, tension }) as InsightBeat;

  it('draws steps to the end, and no curve over a silence', () => {
    expect(steps([beat(0, 0, 0.5), beat(1, 500, 1)], 1000, (one) => one.tension)).toBe('M0.0 100.0H500.0L500.0 0.0H1000.0');
    expect(steps([], 1000, (one) => one.tension)).toBe('');
    const window = (atMs: number) => ({ atMs, contributors: 12, arousal: 0.5, sums: [] });
    expect(felt([window(10_000), window(20_000), window(60_000)], 100_000).match(/M/g)).toHaveLength(2);
  });

  it('names the strongest feeling and no percentage of nothing', () => {
    expect(strongest(feelings, [0, 0, 3, 0, 0, 0, 0, 1])).toBe('Suspense');
    expect(strongest(feelings, [0, 0, 0, 0, 0, 0, 0, 0])).toBeNull();
    expect(percent(3, 0)).toBeNull();
    expect(percent(1, 3)).toBe(33);
  });
});

describe('who chose an option', () => {
  const decided = { winner: 1, voters: 4, abstained: 1 };
  const quiet = { winner: 1, voters: 2, abstained: 2 };
  const by = (round: Parameters<typeof whoChose>[0]) => [0, 1, 2].map((option) => whoChose(round, option));

  it('is the hall by its votes and the film where there were none', () => {
    expect(by(decided)).toEqual([null, 'hall', null]);
    expect(by(quiet)).toEqual([null, 'film', null]);
    expect(by({ winner: 0, voters: 0, abstained: 0 })).toEqual(['film', null, null]);
  });

  it('stays who it was where the house followed another, or held the round again', () => {
    expect(by({ ...decided, overruled: { taken: 2, reason: 'x' } })).toEqual([null, 'hall', 'house']);
    expect(by({ ...quiet, overruled: { taken: 0, reason: 'x' } })).toEqual(['house', 'film', null]);
    expect(by({ ...decided, overruled: { taken: null, reason: 'x' } })).toEqual([null, 'hall', null]);
  });
});
