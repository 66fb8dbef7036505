/** A remark as the server will keep it: the same cleaning, so that what is counted here is what is taken there. */

/** Longest remark, characters. */
export const longestRemark = 80;

/** What nobody sees: controls, format and private characters, half surrogates, variation selectors, and letters without a shape. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}\u{FFFD}\u{034F}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{3164}\u{FFA0}]/gu;

/** Composed, on one line, without what does not show. */
export function cleanRemark(typed: string): string {
  return typed.replace(/[\p{White_Space}\u{2800}]+/gu, ' ').replace(hidden, '').normalize('NFC').replace(/ +/g, ' ').trim();
}

/** How many characters are left; below zero when there are too many. */
export function leftOf(typed: string, longest = longestRemark): number {
  return longest - [...cleanRemark(typed)].length;
}

/** Whole seconds until a time, never below zero. */
export function secondsUntil(ms: number, now: number): number {
  return Math.max(0, Math.ceil((ms - now) / 1000));
}
