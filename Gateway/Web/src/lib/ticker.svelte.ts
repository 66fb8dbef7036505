import type { Stage } from './protocol';

/** The server's time as a value that a page can watch. */
export class Ticker {
  now = $state(0);

  /** Ticks ten times a second from `clock` until stopped; call it in an effect. Returns how to stop. */
  run(clock: () => number): () => void {
    const tick = () => (this.now = clock());
    tick();
    const timer = setInterval(tick, 100);
    return () => clearInterval(timer);
  }
}

/** Whole seconds left, never below zero. */
export function secondsLeft(deadlineMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((deadlineMs - nowMs) / 1000));
}

/** `12:05`, `1:02:05`; the sign is the caller's. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Milliseconds to the scheduled end, negative once it has passed; null where no clock runs: before the start, in a pause, after the end. */
export function toEnd(stage: Pick<Stage, 'phase' | 'endsAtMs'>, nowMs: number): number | null {
  return stage.phase === 'Paused' || stage.phase === 'Ended' || stage.endsAtMs === null ? null : stage.endsAtMs - nowMs;
}
