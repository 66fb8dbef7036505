import type { Words } from './words';

/** Why a storylet told a beat that another writer was asked for. */
export type Fallback = 'None' | 'NoRoom' | 'Late' | 'Failed' | 'Refused' | 'Spent';

/** How a model wrote a beat; the shape of `Contracts/Sessions/Writing.cs`. */
export interface Writing {
  readonly endpoint: string;
  readonly model: string;
  readonly prompt: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly tookMs: number;
  /** The checks that the first attempt failed, comma-separated. */
  readonly repaired?: string | null;
}

/** Who wrote a beat, wherever the server says so. */
export interface Credited {
  readonly writer: string;
  readonly fallback?: Fallback;
  readonly writing?: Writing | null;
}

/** A writer's name: a model's own, or what the film and its director are called here. */
export function writerName(words: Words, writer: string): string {
  return words.writers[writer] ?? writer;
}

/** What there is to say of a beat's writer beside the name, each in a few words: why the film stands in, time, tokens, a second attempt. */
export function creditNotes(words: Words, { fallback, writing }: Credited): readonly string[] {
  if (fallback && fallback !== 'None') return [words.fallback[fallback]];
  if (!writing) return [];
  return [words.took(writing.tookMs), words.tokens(writing.tokensIn + writing.tokensOut), ...(writing.repaired ? [words.repaired] : [])];
}

/** All of it, for whoever points at it. */
export function creditDetail(words: Words, { writing }: Credited): string {
  if (!writing) return '';
  return [
    writing.endpoint, writing.prompt, words.tokensOf(writing.tokensIn, writing.tokensOut),
    ...(writing.repaired ? [words.repairedFor(writing.repaired.split(',').map((one) => one.trim()).join(', '))] : []),
  ].join(' · ');
}

/**
 * Who wrote each line, and where that is worth a word: at the first line of a hand that is not the one before it. The film's
 * own words need none until another hand was there.
 */
export function hands(lines: readonly { readonly writer?: string; readonly byDirector?: boolean }[], beat: Credited): readonly { readonly writer: string; readonly said: boolean }[] {
  let before = 'storylet';
  return lines.map((line) => {
    const writer = line.writer || (line.byDirector ? 'director' : beat.writer);
    const said = writer !== before;
    before = writer;
    return { writer, said };
  });
}
