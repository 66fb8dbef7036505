import type { Link } from '../lib/connection';
import type { LineTaken, OwnSuggestion, Stage } from '../lib/protocol';
import { keep, kept } from '../lib/storage';
import { LineDraft } from './line.svelte';

/** Longest suggestion, characters: an option's card holds no more. */
export const longestSuggestion = 60;
/** Between two looks at what became of one's own, milliseconds; only phones that sent one look. */
export const lookEveryMs = 4000;

/** How this phone would have the story go on. */
export class TurnDraft extends LineDraft {
  /** What became of this seat's newest suggestion for the present beat. */
  own = $state.raw<OwnSuggestion | null>(null);
  readonly #key: string;
  #moment = '';
  #looks: ReturnType<typeof setTimeout> | undefined;

  constructor(link: Pick<Link, 'invoke' | 'clock'>, session: string) {
    super(link, longestSuggestion);
    this.#key = `turn.${session}`;
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

  protected post(words: string): Promise<LineTaken> {
    return this.link.invoke<LineTaken>('Suggest', { words });
  }

  protected took(id: string, words: string): void {
    this.own = { id, words, standing: 'Waiting', others: 0, option: null };
    keep(this.#key, true);
    this.#later();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#looks);
    try {
      this.own = await this.link.invoke<OwnSuggestion | null>('Suggested');
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
