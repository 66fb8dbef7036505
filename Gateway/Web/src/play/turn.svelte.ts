import type { Link } from '../lib/connection';
import type { OwnSuggestion, Stage, SuggestionTaken, Text } from '../lib/protocol';
import { cleanRemark } from '../lib/remark';
import { keep, kept } from '../lib/storage';

/** Longest suggestion, characters: an option's card holds no more. */
export const longestSuggestion = 60;
/** Between two looks at what became of one's own, milliseconds; only phones that sent one look. */
export const lookEveryMs = 4000;

/** How many characters are left; below zero when there are too many. */
export function leftOfSuggestion(typed: string): number {
  return longestSuggestion - [...cleanRemark(typed)].length;
}

/** How this phone would have the story go on. It outlives the votes between: a draft is there again afterwards. */
export class TurnDraft {
  words = $state('');
  state = $state<'closed' | 'writing' | 'sending'>('closed');
  /** Why the last one was not taken. */
  trouble = $state.raw<Text | 'failed' | null>(null);
  /** When the next may be sent, by the hall's clock. */
  againMs = $state(0);
  /** What became of this seat's newest suggestion for the present beat. */
  own = $state.raw<OwnSuggestion | null>(null);
  readonly left = $derived(leftOfSuggestion(this.words));
  readonly #link: Pick<Link, 'invoke' | 'clock'>;
  readonly #key: string;
  #moment = '';
  #looks: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Pick<Link, 'invoke' | 'clock'>, session: string) {
    this.#link = link;
    this.#key = `turn.${session}`;
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
      const words = cleanRemark(this.words);
      const taken = await this.#link.invoke<SuggestionTaken>('Suggest', { words });
      this.againMs = Math.max(this.againMs, taken.againMs);
      if (taken.id) {
        this.words = '';
        this.state = 'closed';
        this.own = { id: taken.id, words, standing: 'Waiting', others: 0, option: null };
        keep(this.#key, true);
        this.#later();
        return;
      }
      this.trouble = taken.refusal?.sentence ?? 'failed';
    } catch {
      // Whether it arrived is not known; the same words once more are the same suggestion.
      this.trouble = 'failed';
    }
    this.state = 'writing';
  }

  /** A stage came: at another moment of the show something else may have become of one's own. */
  staged(stage: Stage): void {
    const moment = `${stage.beat?.ordinal}.${stage.round?.round}.${stage.round?.state}`;
    if (moment === this.#moment) return;
    this.#moment = moment;
    // A suggestion is for one beat: with the next line of another it is history.
    if (!stage.turnsOn && !stage.round?.turn) this.own = null;
    else if (this.own || kept<boolean>(this.#key)) void this.#look();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#looks);
    try {
      this.own = await this.#link.invoke<OwnSuggestion | null>('Suggested');
    } catch {
      // What it was before is as good until the next look.
    }
    if (this.own?.standing === 'Waiting') this.#later();
  }

  #later(): void {
    clearTimeout(this.#looks);
    this.#looks = setTimeout(() => void this.#look(), lookEveryMs);
  }
}
