import type { Link } from '../lib/connection';
import type { HeldRemark, RefusalOnly, RemarkQueue, RemarkVerdict, Text } from '../lib/protocol';

/** Between two looks at the queue, milliseconds. */
export const lookEveryMs = 2000;

/** The remarks that wait, as whoever decides sees them. One look at a time; a late answer to an earlier one is dropped. */
export class RemarkDesk {
  queue = $state.raw<RemarkQueue | null>(null);
  /** The look that failed, or the verdict that did not arrive: 'unread' or 'unreachable', or the hall's own words. */
  trouble = $state.raw<Text | 'unread' | 'unreachable' | null>(null);
  /** The last decision, while it can be taken back. */
  last = $state.raw<{ readonly remark: HeldRemark; readonly verdict: RemarkVerdict } | null>(null);
  readonly #link: Pick<Link, 'invoke'>;
  readonly #session: string;
  /** Decided here; gone from the list at once, and back if the hall says otherwise. */
  #decided = new Map<string, RemarkVerdict>();
  #asked = 0;

  constructor(link: Pick<Link, 'invoke'>, session: string) {
    this.#link = link;
    this.#session = session;
  }

  async look(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const queue = await this.#link.invoke<RemarkQueue>('Remarks', { session: this.#session });
      if (asked !== this.#asked) return;
      this.queue = { ...queue, remarks: queue.remarks.filter(({ id }) => !this.#decided.has(id)) };
      if (this.trouble === 'unread') this.trouble = null;
    } catch {
      if (asked === this.#asked) this.trouble = 'unread';
    }
  }

  async judge(remark: HeldRemark, verdict: RemarkVerdict): Promise<void> {
    if (this.#decided.has(remark.id)) return;
    this.#decided.set(remark.id, verdict);
    // Whatever is on its way was asked before this.
    this.#asked++;
    if (this.queue) this.queue = { ...this.queue, waiting: this.queue.waiting - (remark.standing === 'Waiting' ? 1 : 0), remarks: this.queue.remarks.filter(({ id }) => id !== remark.id) };
    try {
      const { refusal } = await this.#link.invoke<RefusalOnly>('Judge', { session: this.#session, remark: remark.id, verdict });
      this.trouble = refusal?.sentence ?? null;
      if (!refusal) this.last = { remark, verdict };
    } catch {
      this.trouble = 'unreachable';
    } finally {
      this.#decided.delete(remark.id);
      void this.look();
    }
  }

  /** Takes the last decision back, where there is one. */
  async undo(): Promise<void> {
    const { last } = this;
    if (!last || last.verdict === 'Withdraw') return;
    this.last = null;
    await this.judge(last.remark, 'Withdraw');
  }
}
