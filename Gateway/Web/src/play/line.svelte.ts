import type { Link } from '../lib/connection';
import type { LineTaken, Text } from '../lib/protocol';
import { cleanRemark, leftOf } from '../lib/remark';

/** One line that a phone writes to the hall. It outlives the votes that come between: a draft is there again afterwards. */
export abstract class LineDraft {
  words = $state('');
  state = $state<'closed' | 'writing' | 'sending'>('closed');
  /** Why the last one was not taken. */
  trouble = $state.raw<Text | 'failed' | null>(null);
  /** When the next may be sent, by the hall's clock. */
  againMs = $state(0);
  protected readonly link: Pick<Link, 'invoke' | 'clock'>;
  readonly #longest: number;

  /** @param longest Longest line, characters. */
  constructor(link: Pick<Link, 'invoke' | 'clock'>, longest: number) {
    this.link = link;
    this.#longest = longest;
  }

  /** How many characters are left; below zero when there are too many. */
  get left(): number {
    return leftOf(this.words, this.#longest);
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
    if (!this.ready(this.link.clock.now())) return;
    this.state = 'sending';
    this.trouble = null;
    try {
      const words = cleanRemark(this.words);
      const taken = await this.post(words);
      this.againMs = Math.max(this.againMs, taken.againMs);
      if (taken.id) {
        this.words = '';
        this.state = 'closed';
        this.took(taken.id, words, taken.againMs);
        return;
      }
      this.trouble = taken.refusal?.sentence ?? 'failed';
    } catch {
      // Whether it arrived is not known; the same words once more are the same line.
      this.trouble = 'failed';
    }
    this.state = 'writing';
  }

  protected abstract post(words: string): Promise<LineTaken>;

  /** It is on record. */
  protected abstract took(id: string, words: string, againMs: number): void;
}
