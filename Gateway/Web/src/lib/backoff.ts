/** Longest wait between two attempts, milliseconds. */
export const longestMs = 8000;

/**
 * How long to wait before attempt `attempt` (from 0), milliseconds: doubling from half a second, half of it random, so
 * that a hall that lost its server together does not come back together.
 */
export function backoff(attempt: number, random: number): number {
  const most = Math.min(longestMs, 500 * 2 ** Math.min(attempt, 10));
  return most / 2 + (most / 2) * random;
}
