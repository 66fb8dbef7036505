import type { VotingRule } from './protocol';

/** How option 0–3 looks everywhere: a letter, a shape and a colour, so that none of the three is needed alone. */
export interface Mark { readonly letter: string; readonly shape: 'circle' | 'triangle' | 'square' | 'diamond'; readonly path: string }

/** Drawn in a box of 100. Colours are the classes `mark-0` … `mark-3` in `marks.css`. */
export const marks: readonly Mark[] = [
  { letter: 'A', shape: 'circle', path: 'M50 6a44 44 0 1 1 0 88a44 44 0 1 1 0-88z' },
  { letter: 'B', shape: 'triangle', path: 'M50 8 97 91H3z' },
  { letter: 'C', shape: 'square', path: 'M12 12h76v76H12z' },
  { letter: 'D', shape: 'diamond', path: 'M50 2 98 50 50 98 2 50z' },
];

export function mark(option: number): Mark {
  return marks[option] ?? marks[0]!;
}

/** The ballot that votes for none. */
export const abstention = '-';

/** `0+2` → `[0, 2]`, `2>0` → `[2, 0]`; empty for none and for an abstention. */
export function options(choice: string): readonly number[] {
  return choice === '' || choice === abstention ? [] : choice.split(/[+>]/).map(Number);
}

/** The options a ballot gives its votes to: those it names; of a ranking the favourite. */
export function backs(choice: string): readonly number[] {
  return choice.includes('>') ? options(choice).slice(0, 1) : options(choice);
}

/** The one spelling of a ballot: `0+2` ascending under approval, `2>0` from the favourite down when ranked, `-` for none. */
export function canonical(rule: VotingRule, chosen: readonly number[]): string {
  const once = [...new Set(chosen)];
  if (once.length === 0) return abstention;
  return rule === 'Ranked' ? once.join('>') : once.sort((a, b) => a - b).join('+');
}

/** `0+2` → `A + C`, `2>0` → `C › A`; empty for none. */
export function letters(choice: string): string {
  return options(choice).map((option) => mark(option).letter).join(choice.includes('>') ? ' › ' : ' + ');
}

/**
 * What a tap makes of the choice that is shown: the option itself for one vote each; in or out for approval; when ranked
 * the next place, or out, and those behind move up. Taking the last one out votes for none.
 */
export function tapped(rule: VotingRule, shown: string, option: number): string {
  if (rule === 'Plurality') return String(option);
  const chosen = options(shown);
  return canonical(rule, chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option]);
}
