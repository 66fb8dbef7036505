import type { Text } from './protocol';

/**
 * Characters that show nothing but change what is shown: controls, soft hyphen, zero-width, bidi, fillers, variation
 * selectors and tags. They are stripped where words are rendered, whoever wrote them.
 */
const invisible = new RegExp(
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5' +
    '\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb' +
    '\\u{e0000}-\\u{e0fff}]',
  'gu',
);

/** The words as they may be painted: on one line, without what cannot be seen. */
export function clean(words: string): string {
  return words.replace(/[\t\n\r\u2028\u2029]+/g, ' ').replace(invisible, '');
}

/** One rendering of a text. */
export interface Wording { readonly language: string; readonly words: string }

function primary(tag: string): string {
  return tag.split('-')[0]!.toLowerCase();
}

function tagFor(text: Text, language: string): string | null {
  if (Object.hasOwn(text, language)) return language;
  return Object.keys(text).find((tag) => primary(tag) === primary(language)) ?? null;
}

/** The words in a language, or in the original where there is no rendering. */
export function wording(text: Text, language: string): Wording {
  const tag = tagFor(text, language) ?? Object.keys(text)[0] ?? language;
  return { language: tag, words: clean(text[tag] ?? '') };
}

/** As {@link wording}, words only. */
export function inLanguage(text: Text, language: string): string {
  return wording(text, language).words;
}

/** The renderings for several languages in their order, none twice; at least one. */
export function wordings(text: Text, languages: readonly string[]): readonly Wording[] {
  const found: Wording[] = [];
  for (const language of languages) {
    const tag = tagFor(text, language);
    if (tag !== null && !found.some((other) => other.language === tag)) found.push(wording(text, tag));
  }
  return found.length > 0 ? found : [wording(text, languages[0] ?? 'en')];
}

/**
 * How wide words are, in units of one Latin letter: CJK and other full-width characters count two. Type sizes are
 * chosen by it.
 */
export function breadth(words: string): number {
  let sum = 0;
  for (const character of words) sum += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character) || character > '\u{1ffff}' ? 2 : 1;
  return sum;
}
