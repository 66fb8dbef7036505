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

/** `0+2` → `[0, 2]`; empty for none. */
export function options(choice: string): readonly number[] {
  return choice === '' ? [] : choice.split('+').map(Number);
}

/** `[2, 0]` → `0+2`. */
export function canonical(chosen: readonly number[]): string {
  return [...new Set(chosen)].sort((a, b) => a - b).join('+');
}

/** `0+2` → `A + C`. */
export function letters(choice: string): string {
  return options(choice).map((option) => mark(option).letter).join(' + ');
}

/** What a tap makes of the choice that is shown: the option for plurality, a toggle for approval; never empty. */
export function tapped(rule: 'Plurality' | 'Approval', shown: string, option: number): string {
  if (rule === 'Plurality') return String(option);
  const chosen = options(shown);
  const next = chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option];
  return next.length === 0 ? shown : canonical(next);
}
