import type { Receipt } from './protocol';
import { forget, keep, kept } from './storage';

/** A receipt as this device keeps it, to hold the record against after the show. */
export interface KeptReceipt { readonly round: number; readonly n: number; readonly choice: string; readonly proof: string }

/** Receipts kept a session: the newest; a longer evening of changed minds forgets its oldest. */
const most = 500;
/** Sessions whose receipts are kept: the newest; a further one forgets the oldest. */
const sessions = 8;

const key = (session: string): string => `receipts.${session}`;

export function receiptsOf(session: string): readonly KeptReceipt[] {
  return kept<readonly KeptReceipt[]>(key(session)) ?? [];
}

/**
 * Keeps a receipt of a ballot that stands; not the lobby's, which no record holds. What it returns is all that is kept,
 * other tabs' receipts included.
 */
export function keepReceipt(session: string, { round, n, choice, proof }: Pick<Receipt, 'round' | 'n' | 'choice' | 'proof'>): readonly KeptReceipt[] {
  const before = receiptsOf(session);
  const known = before.find((one) => one.round === round && one.n === n);
  if (n === 0 || round < 0 || (known && (known.proof !== '' || proof === ''))) return before;
  const after = [...before.filter((one) => one !== known), { round, n, choice, proof }].slice(-most);
  keep(key(session), after);
  remember(session);
  return after;
}

/** The seat was freed for another phone: what that one casts takes the place of what this one cast. */
export function handOver(session: string): void {
  if (receiptsOf(session).length > 0) keep(`freed.${session}`, true);
}

export function handedOver(session: string): boolean {
  return kept<boolean>(`freed.${session}`) ?? false;
}

function remember(session: string): void {
  const known = kept<readonly string[]>('receipts') ?? [];
  if (known[0] === session) return;
  const now = [session, ...known.filter((other) => other !== session)];
  for (const old of now.slice(sessions)) {
    forget(key(old));
    forget(`freed.${old}`);
  }
  keep('receipts', now.slice(0, sessions));
}

/** The last receipt of a round. */
export function lastOf(receipts: readonly KeptReceipt[], round: number): KeptReceipt | null {
  return receipts.reduce<KeptReceipt | null>((last, one) => (one.round === round && one.n > (last?.n ?? 0) ? one : last), null);
}

/** The standing choice of each round. */
export function votesOf(receipts: readonly KeptReceipt[]): Readonly<Record<number, string>> {
  return Object.fromEntries([...receipts].sort((a, b) => a.n - b.n).map((one) => [one.round, one.choice]));
}
