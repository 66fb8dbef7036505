import type { Link } from '../lib/connection';
import type { RemarkTaken, Stage, Text } from '../lib/protocol';
import { cleanRemark, leftOf } from '../lib/remark';

export type RemarkState = 'closed' | 'writing' | 'sending' | 'sent' | 'shown';

/** Own remarks this phone remembers, to know one when it is on the wall; the oldest is forgotten beyond it. */
const mostOwn = 20;

/** What this phone writes to the wall. It outlives the votes that come between: a draft is there again afterwards. */
export class RemarkDraft {
  words = $state('');
  state = $state<RemarkState>('closed');
  /** Why the last one was not taken. */
  trouble = $state.raw<Text | 'failed' | null>(null);
  /** When the next may be sent, by the hall's clock. */
  againMs = $state(0);
  readonly left = $derived(leftOf(this.words));
  readonly #link: Link;
  #own: string[] = [];
  #done: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Whether what is typed may go. */
  ready(now: number): boolean {
    return this.state === 'writing' && this.left >= 0 && cleanRemark(this.words) !== '' && now >= this.againMs;
  }

  open(): void {
    this.state = 'writing';
    this.trouble = null;
  }

  close(): void {
    this.state = 'closed';
    this.trouble = null;
  }

  async send(): Promise<void> {
    if (!this.ready(this.#link.clock.now())) return;
    this.state = 'sending';
    this.trouble = null;
    try {
      const taken = await this.#link.invoke<RemarkTaken>('Remark', { words: cleanRemark(this.words) });
      this.againMs = Math.max(this.againMs, taken.againMs);
      if (taken.id) {
        this.#own = [...this.#own, taken.id].slice(-mostOwn);
        this.words = '';
        this.#rest('sent', taken.againMs);
        return;
      }
      this.trouble = taken.refusal?.sentence ?? 'failed';
    } catch {
      // Whether it arrived is not known; the same words once more are the same remark.
      this.trouble = 'failed';
    }
    this.state = 'writing';
  }

  /** A stage came: perhaps with this phone's own remark. */
  staged(stage: Stage): void {
    const { remark } = stage;
    if (remark && this.#own.includes(remark.id) && this.#link.clock.now() < remark.untilMs && (this.state === 'closed' || this.state === 'sent' || this.state === 'shown'))
      this.#rest('shown', remark.untilMs);
  }

  /** Says something for a while, and is then as quiet as before. */
  #rest(state: 'sent' | 'shown', untilMs: number): void {
    this.state = state;
    clearTimeout(this.#done);
    this.#done = setTimeout(() => {
      if (this.state === state) this.state = 'closed';
    }, Math.max(0, untilMs - this.#link.clock.now()));
  }
}
