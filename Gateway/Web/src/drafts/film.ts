import type { Text } from '../lib/protocol';
import { current, type Draft, type Part } from './drafts';
import { below, declared, line, said, textOf, type Named } from './part';
import { read, type Node } from './yaml';

/** What the parts of a draft declare, so that ids can be read as names. */
export interface Film { readonly cast: readonly Named[]; readonly places: readonly Named[]; readonly facts: readonly Named[]; readonly promises: readonly Named[]; readonly acts: readonly Named[] }

export function filmOf(draft: Draft): Film {
  const of = (id: string) => current(draft.parts.find((part) => part.id === id) ?? ({ alternatives: [], chosen: -1 } as never))?.content ?? null;
  const { languages } = draft;
  return {
    cast: declared(of('cast'), 'cast', 'name', languages), places: declared(of('places'), 'places', 'name', languages), acts: declared(of('acts'), 'acts', 'name', languages),
    facts: declared(of('canon'), 'facts', 'statement', languages), promises: declared(of('canon'), 'promises', 'statement', languages),
  };
}

/** What an id is called. */
export function nameOf(names: readonly Named[], id: string): Text {
  return names.find((one) => one.id === id)?.name ?? { en: id };
}

/** A scene's part as the tree of its one storylet; null where it is written otherwise. */
export function storylet(content: string): Node | null {
  const node = read(content);
  return node?.kind === 'list' && node.items.length === 1 ? node.items[0]! : null;
}

/** What a scene is called in a list: the question it leads to, else how it begins; null for other parts. */
export function gist(part: Part, languages: readonly string[]): Text | null {
  const content = current(part)?.content;
  if (part.kind !== 'Storylet' || content === undefined) return null;
  const scene = storylet(content);
  return textOf(below(scene, 'question'), languages) ?? first(textOf(below(scene, 'lines'), languages)) ?? textOf(below(scene, 'moment'), languages);
}

/** The first line of a scene, in every language. */
function first(lines: Text | null): Text | null {
  return lines && Object.fromEntries(Object.entries(lines).map(([tag, rows]) => [tag, line(rows.split('\n', 1)[0]!, []).words]));
}

/** `setup`, `climax` … of a scene, and whether it opens the film. */
export function functionOf(part: Part): { readonly id: string; readonly opens: boolean } | null {
  const content = current(part)?.content;
  if (part.kind !== 'Storylet' || content === undefined) return null;
  const scene = storylet(content);
  return scene && { id: said(below(scene, 'function')), opens: said(below(scene, 'opening')) === 'true' };
}
