/** The doors are suggested so long before the show, milliseconds: time for a hall to sit down and try its phones. */
export const doorsBeforeMs = 20 * 60_000;

/** From so long after its time a screening that has not begun is overdue, milliseconds. */
export const graceMs = 60_000;

/** Where a screening stands to its time. */
export type Due = 'none' | 'later' | 'doors' | 'start' | 'overdue';

export function due(phase: string, scheduledMs: number, nowMs: number): Due {
  if (scheduledMs <= 0 || (phase !== 'Scheduled' && phase !== 'Lobby')) return 'none';
  if (nowMs > scheduledMs + graceMs) return 'overdue';
  if (nowMs >= scheduledMs - graceMs) return 'start';
  return phase === 'Scheduled' && nowMs >= scheduledMs - doorsBeforeMs ? 'doors' : 'later';
}

/** `2 h 10 min`, `3 d 4 h`, `5 min`: two units at most, rounded to the minute. */
export function span(ms: number, units: { readonly d: string; readonly h: string; readonly min: string }): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = d > 0 ? [[d, units.d], [h, units.h]] : h > 0 ? [[h, units.h], [m, units.min]] : [[m, units.min]];
  return parts.filter(([value], at) => at === 0 || value !== 0).map(([value, unit]) => `${value} ${unit}`).join(' ');
}

/** A moment as the field for it wants it, in this browser's own time zone: `2026-05-01T19:30`. */
export function toField(ms: number): string {
  if (ms <= 0) return '';
  const at = new Date(ms);
  return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment in such a field; 0 where it is empty. */
export function fromField(field: string): number {
  const ms = field === '' ? 0 : new Date(field).getTime();
  return Number.isFinite(ms) ? ms : 0;
}

/** When another like it would begin: the same time of day, the first one ahead. */
export function again(scheduledMs: number, nowMs: number): number {
  if (scheduledMs <= 0 || scheduledMs > nowMs) return scheduledMs;
  const next = new Date(scheduledMs);
  const today = new Date(nowMs);
  next.setFullYear(today.getFullYear(), today.getMonth(), today.getDate());
  if (next.getTime() <= nowMs) next.setDate(next.getDate() + 1);
  return next.getTime();
}
