import type { Language } from './words';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** `clock`: 19:30. `day`: with its date. `second`: to the second. `evening`: with the day of the week, in full. */
const styles = {
  clock: { timeStyle: 'short' },
  day: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  evening: { dateStyle: 'full', timeStyle: 'short' },
} satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

/** Made once each: a formatter costs far more than what it formats, and some are asked every second. */
const made = new Map<string, Intl.DateTimeFormat>();

/** A moment as people of that language write it, in this browser's own time zone. */
export function moment(ms: number, style: keyof typeof styles, language: Language): string {
  const key = `${language} ${style}`;
  let formatter = made.get(key);
  if (!formatter) made.set(key, (formatter = new Intl.DateTimeFormat(locales[language], styles[style])));
  return formatter.format(ms);
}
