import type { Link } from '../lib/connection';
import type { RefusalOnly, SuggestionVerdict, Text, TurnGroup, TurnQueue } from '../lib/protocol';

/** Between two looks at the queue, milliseconds. */
export const lookEveryMs = 2000;

/** The suggested turns of the present beat, as whoever decides sees them. One look at a time; a late answer to an earlier one is dropped. */
export class TurnDesk {
  queue = $state.raw<TurnQueue | null>(null);
  /** The look that failed, or the verdict that did not arrive: 'unread' or 'unreachable', or the hall's own words. */
  trouble = $state.raw<Text | 'unread' | 'unreachable' | null>(null);
  busy = $state(false);
  readonly #link: Pick<Link, 'invoke'>;
  readonly #session: string;
  #asked = 0;

  constructor(link: Pick<Link, 'invoke'>, session: string) {
    this.#link = link;
    this.#session = session;
  }

  async look(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const queue = await this.#link.invoke<TurnQueue>('Turns', { session: this.#session });
      if (asked !== this.#asked) return;
      this.queue = queue;
      if (this.trouble === 'unread') this.trouble = null;
    } catch {
      if (asked === this.#asked) this.trouble = 'unread';
    }
  }

  /** Decides; true when the hall took it. A group moves only when the hall says so, since a yes may change which one is next. */
  async judge(group: TurnGroup, verdict: SuggestionVerdict, words: string | null = null): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.#asked++;
    try {
      const { refusal } = await this.#link.invoke<RefusalOnly>('JudgeTurn', { session: this.#session, suggestion: group.id, verdict, words });
      this.trouble = refusal?.sentence ?? null;
      return refusal === null;
    } catch {
      this.trouble = 'unreachable';
      return false;
    } finally {
      this.busy = false;
      void this.look();
    }
  }
}
