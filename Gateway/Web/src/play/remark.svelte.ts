import type { Link } from '../lib/connection';
import type { LineTaken, Stage } from '../lib/protocol';
import { longestRemark } from '../lib/remark';
import { LineDraft } from './line.svelte';

/** Own remarks this phone remembers, to know one when it is on the wall; the oldest is forgotten beyond it. */
const mostOwn = 20;

/** What this phone writes to the wall. */
export class RemarkDraft extends LineDraft {
  /** What became of the last one, for as long as it is worth saying. */
  said = $state<'sent' | 'shown' | null>(null);
  #own: string[] = [];
  #done: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Link) {
    super(link, longestRemark);
  }

  /** A stage came: perhaps with this phone's own remark. */
  staged(stage: Stage): void {
    const { remark } = stage;
    if (remark && this.#own.includes(remark.id) && this.link.clock.now() < remark.untilMs && this.state === 'closed') this.#say('shown', remark.untilMs);
  }

  protected post(words: string): Promise<LineTaken> {
    return this.link.invoke<LineTaken>('Remark', { words });
  }

  protected took(id: string, _words: string, againMs: number): void {
    this.#own = [...this.#own, id].slice(-mostOwn);
    this.#say('sent', againMs);
  }

  #say(said: 'sent' | 'shown', untilMs: number): void {
    this.said = said;
    clearTimeout(this.#done);
    this.#done = setTimeout(() => (this.said = null), Math.max(0, untilMs - this.link.clock.now()));
  }
}
