/** Characters of a join code. */
export const joinLength = 6;
/** Characters of a seat's part, after the hyphen. */
export const seatLength = 8;

/** A code as a person may type it, in any case, with spaces or hyphens: the join code, or with its hyphen a seat's code. */
export function tidyCode(typed: string): string {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, joinLength + seatLength);
  return plain.length > joinLength ? `${plain.slice(0, joinLength)}-${plain.slice(joinLength)}` : plain;
}

/** Whether it has the length of a join code or of a seat's code. */
export function isWhole(code: string): boolean {
  return code.length === joinLength || code.length === joinLength + 1 + seatLength;
}

/** The session's part of either code. */
export function joinPart(code: string): string {
  return code.slice(0, joinLength);
}

/** A receipt's code as a person may type it: `k7qmx 3pda4` → `K7QMX-3PDA4`. */
export function tidyProof(typed: string): string {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 10);
  return plain.length > 5 ? `${plain.slice(0, 5)}-${plain.slice(5)}` : plain;
}
