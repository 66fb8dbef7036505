/** A join code as a person may type it: any case, with spaces or hyphens between. At most six characters. */
export function tidyCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 6);
}
