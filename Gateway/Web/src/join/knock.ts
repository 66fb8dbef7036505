import { Refused } from '../lib/api';

/** What the door says: come in, wait and knock again, or what a person must do first. */
export type Door = 'doors' | 'busy' | null;

/** Whether knocking again by itself may help: the doors open later, a busy hall calms down, a network comes back. */
export function waitsFor(error: unknown): Door {
  if (!(error instanceof Refused)) return null;
  if (error.refusal?.code === 'not-open') return 'doors';
  return error.refusal?.code === 'busy' || error.status === 503 ? 'busy' : null;
}

/** Milliseconds before the next knock: 3 to 5 s at first, never more than 15, never together with the others. */
export function knockAfter(attempt: number, random: number): number {
  const least = Math.min(10_000, 3000 * 1.25 ** attempt);
  return least + (least / 2) * random;
}
