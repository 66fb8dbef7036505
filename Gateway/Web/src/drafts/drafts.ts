import { call } from '../lib/api';
import type { Text } from '../lib/protocol';

export type PartKind = 'Head' | 'Cast' | 'Places' | 'Canon' | 'Acts' | 'Storylet';
export type PartState = 'Open' | 'Proposed' | 'Accepted';

export interface Proposal { readonly content: string; readonly by: string; readonly note: Text | null }

export interface Part {
  readonly id: string; readonly kind: PartKind; readonly state: PartState; readonly alternatives: readonly Proposal[]; readonly chosen: number;
  /** File of a storylet, which begins with the number of its act. */
  readonly file: string;
  /** Another one whenever anything a person sees of the part is. */
  readonly mark: string;
}

export interface Draft {
  readonly slug: string; readonly genre: string; readonly title: Text; readonly languages: readonly string[]; readonly notes: readonly Text[]; readonly parts: readonly Part[];
  readonly mark: string; readonly inHouse: 'No' | 'Same' | 'Other';
}

/** The title is null where what is kept cannot be read any more. */
export interface DraftRow { readonly slug: string; readonly title: Text | null; readonly genre: string; readonly languages: readonly string[]; readonly parts: number; readonly accepted: number; readonly changedMs: number }
export interface DraftList { readonly drafts: readonly DraftRow[]; readonly genres: readonly { readonly id: string; readonly name: Text }[]; readonly model: string | null; readonly most: number }

export interface Advice { readonly kind: string; readonly must: boolean; readonly part: string | null; readonly what: Text; readonly mend: Text }
export interface AdviceSheet {
  readonly isFilm: boolean; readonly isReady: boolean; readonly shows: number; readonly shortestMinutes: number; readonly longestMinutes: number;
  readonly endings: readonly { readonly id: string; readonly share: number }[]; readonly advice: readonly Advice[]; readonly mark: string;
}

export interface Wish { readonly title: string | null; readonly genre: string; readonly premise: string; readonly languages: readonly string[]; readonly seed: number; readonly text?: string; readonly name?: string }
export interface Action { readonly action: 'accept' | 'reject' | 'another' | 'choose' | 'replace' | 'all'; readonly alternative?: number; readonly content?: string; readonly seen: string }

const of = (slug: string): string => `/api/drafts/${encodeURIComponent(slug)}`;

export const drafts = {
  list: () => call<DraftList>('GET', '/api/drafts'),
  begin: (wish: Wish) => call<Draft>('POST', '/api/drafts', wish),
  find: (slug: string) => call<Draft>('GET', of(slug)),
  act: (slug: string, part: string, action: Action) => call<Draft>('POST', `${of(slug)}/parts/${encodeURIComponent(part)}`, action),
  advice: (slug: string) => call<AdviceSheet>('GET', `${of(slug)}/advice`),
  publish: (slug: string) => call<null>('POST', `${of(slug)}/film`),
  remove: (slug: string) => call<null>('DELETE', of(slug)),
};

/** The wording in force. */
export function current(part: Part): Proposal | null {
  return part.alternatives[part.chosen] ?? null;
}

/** The words of the whole film as it stands: a yes changes nothing in them, and so nothing in what audiences saw. */
export function wordsOf(draft: Draft): string {
  return draft.parts.map((part) => `${part.id}\n${current(part)?.content ?? ''}`).join('\n');
}

/** The parts as a reader looks for them: the film's own, then the scenes act by act. Acts are numbered from 1; `film` and `endings` are not acts. */
export function chapters(parts: readonly Part[]): readonly { readonly key: 'film' | 'endings' | number; readonly parts: readonly Part[] }[] {
  const keyOf = (part: Part): 'film' | 'endings' | number => (part.kind !== 'Storylet' ? 'film' : part.file.endsWith('-endings') ? 'endings' : Number.parseInt(part.file, 10));
  const found: { key: 'film' | 'endings' | number; parts: Part[] }[] = [];
  for (const part of parts) {
    const key = keyOf(part);
    const chapter = found.find((one) => one.key === key);
    if (chapter) chapter.parts.push(part);
    else found.push({ key, parts: [part] });
  }
  return found;
}

/** The next part after this one that nobody has accepted, from the beginning again at the end; null when there is none but this one. */
export function nextOpen(parts: readonly Part[], id: string): Part | null {
  const at = parts.findIndex((part) => part.id === id);
  return [...parts.slice(at + 1), ...parts.slice(0, Math.max(0, at))].find((part) => part.state !== 'Accepted') ?? null;
}

/** Where the address points: a draft, and a part of it. */
export function place(fragment: string): { readonly slug: string; readonly part: string } {
  const [, slug = '', part = ''] = /^#([a-z0-9-]{1,60})(?:\/([a-z0-9-]{1,60}))?$/.exec(fragment) ?? [];
  return { slug, part };
}

/** Most characters of a file that are read; see the gateway's `Treatment.Longest`. */
export const longestText = 400_000;

/**
 * The words of a text file: UTF-8, UTF-16 where it says so, else GB 18030, in which many Chinese screenplays are. Null where it is no text.
 */
export function textOfFile(bytes: Uint8Array): string | null {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (marked === null && bytes.subarray(0, 65_536).includes(0)) return null;
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // What a program wrote for itself decodes as well now and then, but is full of marks that nobody types.
      return /^(%PDF-|PK|\{\\rtf|<\?xml)/.test(text) || /[\u0001-\u0008\u000e-\u001a]/.test(text.slice(0, 65_536)) ? null : text;
    } catch {
      // The next one.
    }
  }
  return null;
}
