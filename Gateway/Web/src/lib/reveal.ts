/** A piece of a line that appears as one, and how many milliseconds after the line it does. */
export interface Piece { readonly words: string; readonly afterMs: number }

/** How much of a line's time its words take to appear; the rest of it is for reading to the end. */
export const share = 0.55;

/**
 * A line as it is told: words in a language that sets spaces between them, and what the browser takes for words in one
 * that does not, each after a time in proportion to the letters before it. Joined, the pieces are the line.
 * @param forMs how long the line stands, milliseconds
 */
export function pieces(words: string, language: string, forMs: number): readonly Piece[] {
  const parts = /\p{Script=Han}/u.test(words) ? segments(words, language) : (words.match(/\s*\S+\s*$|\s*\S+/gu) ?? [words]);
  const over = Math.max(0, forMs) * share;
  const all = Math.max(1, words.length);
  let before = 0;
  return parts.map((part) => {
    const afterMs = Math.round((over * before) / all);
    before += part.length;
    return { words: part, afterMs };
  });
}

/** A mark that closes goes with the word before it, so that no line is ever led by one. */
function segments(words: string, language: string): string[] {
  const parts: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(words)) {
    if (!isWordLike && parts.length > 0) parts[parts.length - 1] += segment;
    else parts.push(segment);
  }
  return parts;
}
