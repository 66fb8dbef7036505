import { positionOf, stepAt, stepFrom, stateOf, type Run, type Timeline } from '../lib/replay';
import type { RecordedVote } from '../lib/recording';

export const speeds = [1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

/** How often the position moves while it plays, milliseconds; lines come seconds apart. */
const tickMs = 100;

/** Plays a timeline: a position that runs with the reader's clock, and how much of the show is to be seen at it. */
export class Player {
  /** Where the reader is, milliseconds from the start of the show; -1 before anything was chosen. */
  at = $state(-1);
  playing = $state(false);
  speed = $state<Speed>(1);
  /** Whether what has not happened yet is hidden. */
  watching = $state(false);
  readonly #clock: () => number;
  #run: Run = { atMs: 0, sinceMs: 0, speed: 1 };

  constructor(readonly timeline: Timeline, clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  readonly step = $derived.by(() => stepAt(this.timeline, this.at));
  readonly over = $derived.by(() => this.at >= this.timeline.lengthMs);

  /** Moves with the clock; call it in an effect. Returns how to stop. */
  run(): () => void {
    const timer = setInterval(() => {
      if (!this.playing) return;
      this.at = positionOf(this.#run, this.#clock(), this.timeline.lengthMs);
      if (this.over) this.playing = false;
    }, tickMs);
    return () => clearInterval(timer);
  }

  toggle(): void {
    if (this.playing) {
      this.#anchor();
      this.playing = false;
      return;
    }
    this.watching = true;
    if (this.over || this.at < 0) this.at = 0;
    this.playing = true;
    this.#anchor();
  }

  go(toMs: number): void {
    this.at = Math.min(this.timeline.lengthMs, Math.max(0, toMs));
    this.#anchor();
  }

  line(by: 1 | -1): void {
    this.go(stepFrom(this.timeline, this.at, by));
  }

  rush(speed: Speed): void {
    if (this.playing) this.at = positionOf(this.#run, this.#clock(), this.timeline.lengthMs);
    this.speed = speed;
    this.#anchor();
  }

  /** The whole script, nothing hidden. */
  read(): void {
    this.playing = false;
    this.watching = false;
  }

  watch(): void {
    this.watching = true;
    if (this.at < 0) this.at = 0;
  }

  /** Whether something that happened then is to be seen. */
  shows(atMs: number): boolean {
    return !this.watching || atMs <= this.at;
  }

  stateOf(vote: RecordedVote): 'ahead' | 'open' | 'decided' {
    return this.watching ? stateOf(vote, this.at) : 'decided';
  }

  #anchor(): void {
    this.#run = { atMs: Math.max(0, this.at), sinceMs: this.#clock(), speed: this.speed };
  }
}
