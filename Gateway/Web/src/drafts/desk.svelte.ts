import { sentence } from '../console/staff/staff';
import { Refused } from '../lib/api';
import type { Text } from '../lib/protocol';
import { drafts, wordsOf, type Action, type AdviceSheet, type Draft, type Part } from './drafts';
import { draftWords } from './words';

/** What was begun in an editor and not yet saved: it outlives a refused save, another part, and a sign-in that ended meanwhile. */
export interface Unsaved { readonly content: string; /** Mark of the part it was written for. */ readonly seen: string; readonly asText: boolean }
export const unsaved = $state<Record<string, Unsaved>>({});

addEventListener('beforeunload', (event) => {
  if (Object.keys(unsaved).length > 0) event.preventDefault();
});

/** One draft as its page reads and changes it. */
export class DraftDesk {
  draft = $state.raw<Draft | null>(null);
  sheet = $state.raw<AdviceSheet | null>(null);
  /** The words that the audiences of the sheet were told; null where it was a draft that this page has not seen. */
  #told = $state.raw<string | null>(null);
  /** Whether the sheet is about other words than those that stand here now. */
  readonly old = $derived(this.sheet !== null && this.draft !== null && this.#told !== wordsOf(this.draft));
  trouble = $state.raw<Text | null>(null);
  gone = $state(false);
  /** Parts for which something is asked. */
  busy = $state.raw<ReadonlySet<string>>(new Set());
  /** Parts for which another wording is being written. */
  writing = $state.raw<ReadonlySet<string>>(new Set());
  advising = $state(false);
  shelving = $state(false);
  readonly #who: () => Promise<void>;

  constructor(readonly slug: string, who: () => Promise<void>) {
    this.#who = who;
  }

  /** Reads it anew; quietly, where the page only makes sure. */
  async read(): Promise<void> {
    try {
      this.draft = await drafts.find(this.slug);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Whether it was done. The draft is what the answer says, or is read again when it had been changed elsewhere. */
  async act(part: Part, action: Omit<Action, 'seen'>, seen = part.mark): Promise<boolean> {
    if (this.busy.has(part.id)) return false;
    this.busy = new Set([...this.busy, part.id]);
    if (action.action === 'another') this.writing = new Set([...this.writing, part.id]);
    this.trouble = null;
    try {
      this.draft = await drafts.act(this.slug, part.id, { ...action, seen });
      return true;
    } catch (error) {
      this.#failed(error);
      if (error instanceof Refused && error.refusal?.code === 'changed-meanwhile') await this.read();
      return false;
    } finally {
      this.busy = new Set([...this.busy].filter((id) => id !== part.id));
      this.writing = new Set([...this.writing].filter((id) => id !== part.id));
    }
  }

  async acceptAll(): Promise<boolean> {
    const draft = this.draft;
    return draft !== null && this.act(draft.parts[0]!, { action: 'all' }, draft.mark);
  }

  async advise(): Promise<void> {
    if (this.advising) return;
    this.advising = true;
    this.trouble = null;
    try {
      const sheet = await drafts.advice(this.slug);
      if (this.draft?.mark !== sheet.mark) await this.read();
      this.#told = this.draft?.mark === sheet.mark ? wordsOf(this.draft) : null;
      this.sheet = sheet;
    } catch (error) {
      this.#failed(error);
    } finally {
      this.advising = false;
    }
  }

  async shelve(): Promise<void> {
    if (this.shelving) return;
    this.shelving = true;
    this.trouble = null;
    let unready = false;
    try {
      await drafts.publish(this.slug);
    } catch (error) {
      this.#failed(error);
      unready = error instanceof Refused && error.refusal?.code === 'not-ready';
    } finally {
      this.shelving = false;
    }
    const why = this.trouble;
    await this.read();
    // What must be mended is what the advice says.
    if (unready) await this.advise();
    this.trouble ??= why;
  }

  /** Whether it is gone. */
  async remove(): Promise<boolean> {
    try {
      await drafts.remove(this.slug);
      for (const key of Object.keys(unsaved)) if (key.startsWith(`${this.slug}/`)) delete unsaved[key];
      return true;
    } catch (error) {
      this.#failed(error);
      return this.gone;
    }
  }

  #failed(error: unknown): void {
    const refused = error instanceof Refused ? error : null;
    if (refused?.status === 401) void this.#who();
    this.gone = refused?.refusal?.code === 'no-draft';
    this.trouble = this.gone ? { en: draftWords.en.gone, zh: draftWords.zh.gone } : sentence(error);
  }
}
