import type { SessionHealth, SessionPhase, Text } from '../lib/protocol';

export type AlarmKind =
  | 'WallLost' | 'NoWall' | 'JournalFailing' | 'Silent' | 'NoPhones' | 'PausedLong' | 'Overdue' | 'DoorsShut' | 'DeadAir' | 'Fallbacks' | 'SlowReceipts'
  | 'JournalBusy' | 'NoWorker' | 'DiskLow';

/** Something is wrong, and somebody can mend it. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly level: 'Grave' | 'Warning';
  /** UTC milliseconds. */
  readonly sinceMs: number;
  readonly what: Text;
  readonly mend: Text;
}

export interface Glance {
  readonly session: string;
  readonly title: Text;
  readonly phase: SessionPhase;
  readonly rehearsal: boolean;
  readonly scheduledMs: number;
  readonly startedMs: number;
  readonly endsAtMs: number;
  readonly forecastMs: number;
  readonly pausedMs: number;
  readonly capacity: number;
  readonly seated: number;
  readonly present: number;
  readonly beat: number | null;
  readonly act: Text | null;
  readonly writer: string | null;
  readonly round: { readonly round: number; readonly deadlineMs: number; readonly voters: number } | null;
  readonly landing: boolean;
  readonly dark: boolean;
  readonly holds: boolean;
  readonly fallbacksInARow: number;
  readonly health: SessionHealth;
}

export interface Tile { readonly session: Glance; readonly answers: boolean; readonly alarms: readonly Alarm[] }

export interface Hall {
  readonly nowMs: number;
  readonly alarms: readonly Alarm[];
  readonly journal: 'Well' | 'Busy' | 'Failing' | null;
  readonly writers: number | null;
  readonly freeBytes: number | null;
  readonly sessions: readonly Tile[];
}

export type HallTrouble = 'NotAsked' | 'None' | 'NoAnswer' | 'Refused' | 'Unreadable';

/** Another hall as this one sees it. */
export interface OtherHall { readonly name: string; readonly url: string; readonly trouble: HallTrouble; readonly sinceMs: number; readonly hall: Hall | null }

export interface HouseNow { readonly here: Hall; readonly others: readonly OtherHall[] }

/** All alarms of a hall, those of the hall itself first. */
export function alarmsOf(hall: Hall): readonly Alarm[] {
  return [...hall.alarms, ...hall.sessions.flatMap((tile) => tile.alarms)];
}

/** The alarms that a session's console shows: the hall's, then its own. */
export function alarmsFor(house: HouseNow, session: string): readonly Alarm[] {
  const own = house.here.sessions.find((tile) => tile.session.session === session)?.alarms ?? [];
  return [...house.here.alarms, ...own].sort((a, b) => Number(a.level === 'Warning') - Number(b.level === 'Warning'));
}

/** Alarms that ring in the house, by what they are and where: one that is new calls. */
export function ringing(house: HouseNow): ReadonlySet<string> {
  const keys = new Set<string>();
  const add = (where: string, hall: Hall): void => {
    for (const { kind, level } of hall.alarms) if (level === 'Grave') keys.add(`${where}/${kind}`);
    for (const { session, alarms } of hall.sessions) for (const { kind, level } of alarms) if (level === 'Grave') keys.add(`${where}/${session.session}/${kind}`);
  };
  add('', house.here);
  for (const { url, hall, trouble } of house.others) if (hall && trouble === 'None') add(url, hall);
  return keys;
}

/** How late a show will end, whole minutes; 0 while it keeps its time to half a minute. */
export function minutesLate({ endsAtMs, forecastMs }: Pick<Glance, 'endsAtMs' | 'forecastMs'>, now: number): number {
  if (endsAtMs === 0) return 0;
  const late = Math.max(forecastMs, endsAtMs) - endsAtMs;
  const over = now - endsAtMs;
  return Math.max(late, over) < 30_000 ? 0 : Math.max(1, Math.round(Math.max(late, over) / 60_000));
}
