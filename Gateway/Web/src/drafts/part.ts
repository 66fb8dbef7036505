import type { Text } from '../lib/protocol';
import { inLanguage } from '../lib/text';
import { read, rewrite, type Node, type Scalar } from './yaml';

/** Below a node by keys, or nothing. */
export function below(node: Node | null | undefined, ...keys: readonly string[]): Node | null {
  let at: Node | null = node ?? null;
  for (const key of keys) at = at?.kind === 'tree' ? (at.entries.get(key) ?? null) : null;
  return at;
}

export function said(node: Node | null): string {
  return node?.kind === 'scalar' ? node.value : '';
}

export function items(node: Node | null): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The ids of a list, or one alone. */
export function ids(node: Node | null): readonly string[] {
  return node?.kind === 'scalar' ? [node.value] : items(node).map(said);
}

/** A wording in every language it has; null where there is none. One that is the same in all is written once. */
export function textOf(node: Node | null, languages: readonly string[]): Text | null {
  if (node?.kind === 'scalar') return { [languages[0] ?? 'en']: node.value };
  if (node?.kind !== 'tree') return null;
  const entries = [...node.entries].filter(([tag, one]) => languages.includes(tag) && one.kind === 'scalar');
  return entries.length === 0 ? null : Object.fromEntries(entries.map(([tag, one]) => [tag, said(one)]));
}

export interface Line { /** What must hold for it to be said, as the film has it. */ readonly when: string; readonly speaker: string; readonly words: string }

const shape = /^(\[if [^\]]*\]\s*)?(?:([a-z0-9-]{1,40})\s*[|｜:：]\s*)?(.*)$/;

/** A row of a screenplay: a hinge, who speaks, the words. */
export function line(row: string, cast: readonly string[]): Line {
  const [, when = '', speaker = '', words = ''] = shape.exec(row.trim())!;
  if (speaker !== '' && !cast.includes(speaker) && !/^(\[[^\]]*\]\s*)?[a-z0-9-]+\s*[|｜]/.test(row.trim())) return { when: when.trim(), speaker: '', words: row.trim().slice(when.length) };
  return { when: when.trim(), speaker, words };
}

export interface Named { readonly id: string; readonly name: Text }

/** Everybody, or every place, promise, fact or act, that a part declares. */
export function declared(content: string | null, list: string, name: string, languages: readonly string[]): readonly Named[] {
  const node = content === null ? null : read(content);
  return items(below(node, list)).map((one) => ({ id: said(below(one, 'id')), name: textOf(below(one, name), languages) ?? { en: said(below(one, 'id')) } }));
}

/** Rows with the names of who speaks, as a writer writes them. */
export function withNames(block: string, cast: readonly Named[], language: string): string {
  const known = cast.map((one) => one.id);
  return block.split('\n').map((row) => {
    const { when, speaker, words } = line(row, known);
    const who = cast.find((one) => one.id === speaker);
    const head = when === '' ? '' : `${when} `;
    if (speaker === '') return head + words;
    return `${head}${who ? inLanguage(who.name, language) : speaker}${language === 'zh' ? '：' : ': '}${words}`;
  }).join('\n');
}

/** Rows as the film has them: ids for who speaks. A name that nobody has is left for the film's reader to point at. */
export function withIds(block: string, cast: readonly Named[], language: string): string {
  return block.split('\n').map((row) => row.trim()).filter((row) => row !== '').map((row) => {
    const [, when = '', rest = ''] = /^(\[if [^\]]*\]\s*)?(.*)$/.exec(row)!;
    const mark = /[:：|｜]/.exec(rest);
    const before = mark ? rest.slice(0, mark.index).trim() : '';
    const who = before === '' ? undefined : cast.find((one) => inLanguage(one.name, language) === before) ?? cast.find((one) => one.id === before || Object.values(one.name).includes(before));
    const head = when === '' ? '' : `${when.trim()} `;
    return head + (who ? `${who.id}｜${rest.slice(mark!.index + 1).trim()}` : rest);
  }).join('\n');
}

/** A wording that a person may change without touching the film's format. */
export interface Field {
  /** What it is: keys and, within lists, ids or numbers from 1. */
  readonly path: readonly string[];
  readonly language: string;
  readonly place: Scalar;
  /** Whether it has several rows, each a line of the screenplay. */
  readonly lines: boolean;
}

/** Every wording of a part that is in the film's languages, in its order. */
export function fields(node: Node | null, languages: readonly string[]): readonly Field[] {
  const found: Field[] = [];
  walk(node, []);
  return found;

  function walk(at: Node | null, path: readonly string[]): void {
    if (at?.kind === 'list') at.items.forEach((one, n) => walk(one, [...path, said(below(one, 'id')) || `${n + 1}`]));
    if (at?.kind !== 'tree') return;
    const entries = [...at.entries];
    const isText = entries.length > 0 && entries.every(([tag, one]) => languages.includes(tag) && one.kind === 'scalar');
    if (isText) for (const [language, place] of entries) found.push({ path, language, place: place as Scalar, lines: path.at(-1) === 'lines' });
    else for (const [key, one] of entries) walk(one, [...path, key]);
  }
}

/** The part with these wordings, by the number of their field; others stay to the letter. */
export function written(content: string, all: readonly Field[], words: ReadonlyMap<number, string>): string {
  return rewrite(content, new Map([...words].map(([n, said]) => [all[n]!.place, said])));
}
