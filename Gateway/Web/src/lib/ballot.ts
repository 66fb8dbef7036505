/**
 * One seat's vote in one round, as a pure machine: numbering, receipts, retries, tabs. It never says "on record"
 * before a receipt said so. Effects are returned, not done; `voter.ts` does them.
 */
import type { Receipt, Refusal } from './protocol';

/**
 * A tap on this device: its number, its canonical choice, and when, UTC ms of the device. Of two taps that know of each
 * other the later one has the higher time, whatever became of the device's clock between them.
 */
export interface Tap { readonly n: number; readonly choice: string; readonly at: number }

/** The ballot the server says stands. */
export interface Standing { readonly n: number; readonly choice: string; readonly shard: number; readonly version: number; readonly proof: string }

/**
 * - `none` no tap yet, `sending` on its way, `retrying` the server is busy, `offline` no connection, `held` the show is held
 * - `recorded` a receipt says it is on disk
 * - `late` the round was sealed first, `refused` see the refusal
 */
export type BallotStatus = 'none' | 'sending' | 'retrying' | 'offline' | 'held' | 'recorded' | 'late' | 'refused';

export interface Ballot {
  readonly round: number;
  /** The highest number sent or seen. */
  readonly top: number;
  /** The newest tap that has no answer. */
  readonly tap: Tap | null;
  readonly standing: Standing | null;
  /** Whether the standing ballot replaced one with another choice. */
  readonly changed: boolean;
  /** Whether the server said the round is sealed. */
  readonly closed: boolean;
  readonly status: BallotStatus;
  readonly refusal: Refusal | null;
}

/** Cast this (again) after so many milliseconds. */
export interface Send { readonly tap: Tap; readonly afterMs: number }

export interface Step { readonly ballot: Ballot; readonly send: Send | null; /** Ask for the present. */ readonly ask: boolean }

/** After `Busy`. */
export const busyMs = 250;
/** After `slow-down`. */
export const slowMs = 1000;
/** After `held`. */
export const heldMs = 2000;

export function fresh(round: number): Ballot {
  return { round, top: 0, tap: null, standing: null, changed: false, closed: false, status: 'none', refusal: null };
}

/** What the options show as chosen: the newest tap, else what stands. */
export function shown(ballot: Ballot): string {
  return ballot.tap?.choice ?? ballot.standing?.choice ?? '';
}

function step(ballot: Ballot, send: Send | null = null, ask = false): Step {
  return { ballot, send, ask };
}

function absorb(ballot: Ballot, receipt: Receipt): Ballot {
  const top = Math.max(ballot.top, receipt.n);
  const old = ballot.standing;
  if (receipt.n === 0 || (old && receipt.n < old.n)) return { ...ballot, top };
  const { n, choice, shard, version } = receipt;
  const proof = receipt.proof || (old?.n === n ? old.proof : '');
  return { ...ballot, top, standing: { n, choice, shard, version, proof }, changed: ballot.changed || (old !== null && old.choice !== choice) };
}

function settle(ballot: Ballot, status: BallotStatus): Ballot {
  return { ...ballot, tap: null, status, refusal: null };
}

/**
 * A tap of another tab of this device was made later than ours, so ours must not be renumbered over it.
 * `newest` is the last tap any tab recorded.
 */
function superseded(tap: Tap, newest: Tap | null): boolean {
  return newest !== null && newest.n >= tap.n && newest.at > tap.at;
}

function renumber(ballot: Ballot, tap: Tap, newest: Tap | null): Step {
  const n = Math.max(ballot.top, newest?.n ?? 0) + 1;
  const next = { ...tap, n };
  return step({ ...ballot, top: n, tap: next, status: 'sending' }, { tap: next, afterMs: 0 });
}

/** The viewer chose. `newest` is the last tap any tab of this device recorded for this round. */
export function tap(ballot: Ballot, choice: string, at: number, newest: Tap | null): Step {
  if (ballot.closed || choice === '') return step(ballot);
  // Choosing what is chosen sends nothing, unless another tab chose since and this one has not heard of it.
  const latest = ballot.tap?.n ?? ballot.standing?.n ?? 0;
  if (choice === shown(ballot) && (newest === null || newest.n <= latest)) return step(ballot);
  const after = Math.max(at, (newest?.at ?? 0) + 1, (ballot.tap?.at ?? 0) + 1);
  return renumber({ ...ballot, refusal: null }, { n: 0, choice, at: after }, newest);
}

/**
 * The page came back with what the tabs of this device know of the round. A tap that has no answer yet goes out again
 * with its number: it is the last that the viewer wanted, and the same twice is harmless.
 */
export function restored(ballot: Ballot, standing: Standing | null, newest: Tap | null): Step {
  const known = heard(ballot, standing).ballot;
  if (!newest) return step(known);
  const top = Math.max(known.top, newest.n);
  if (known.standing && known.standing.n >= newest.n) return step({ ...known, top });
  return step({ ...known, top, tap: newest, status: 'sending' }, { tap: newest, afterMs: 0 });
}

/** A receipt came for the cast numbered `n`. */
export function answered(ballot: Ballot, n: number, receipt: Receipt, newest: Tap | null): Step {
  if (receipt.round !== ballot.round) return step(ballot);
  const pending = ballot.tap;
  const ours = pending !== null && pending.n === n;
  if (receipt.status === 'Busy') {
    return pending !== null && ours ? step({ ...ballot, status: 'retrying' }, { tap: pending, afterMs: busyMs }) : step(ballot);
  }
  const known = absorb(ballot, receipt);
  if (receipt.status === 'Closed') {
    const closed = { ...known, closed: true };
    if (!pending || !ours) return step(closed);
    return step(settle(closed, stands(closed, pending) ? 'recorded' : 'late'));
  }
  if (!pending) return step(known);
  if (receipt.status === 'Counted') {
    return step(receipt.n >= pending.n ? settle(known, 'recorded') : known);
  }
  if (!ours) return step(known);
  if (stands(known, pending) || superseded(pending, newest)) return step(settle(known, 'recorded'));
  return renumber(known, pending, newest);
}

function stands(ballot: Ballot, pending: Tap): boolean {
  return ballot.standing?.n === pending.n && ballot.standing.choice === pending.choice;
}

/** The cast numbered `n` was refused. */
export function refused(ballot: Ballot, n: number, refusal: Refusal): Step {
  const pending = ballot.tap;
  if (pending?.n !== n) return step(ballot);
  switch (refusal.code) {
    case 'busy':
      return step({ ...ballot, status: 'retrying' }, { tap: pending, afterMs: busyMs });
    case 'slow-down':
      return step({ ...ballot, status: 'retrying' }, { tap: pending, afterMs: slowMs });
    case 'held':
      return step({ ...ballot, status: 'held' }, { tap: pending, afterMs: heldMs });
    case 'round-closed':
      return step({ ...ballot, closed: true, status: 'late' }, null, true);
    default:
      return step({ ...ballot, tap: null, status: 'refused', refusal });
  }
}

/** The connection broke; whether the tap arrived is unknown. */
export function lost(ballot: Ballot): Step {
  return step(ballot.tap && !ballot.closed ? { ...ballot, status: 'offline' } : ballot);
}

/** No answer in time, on a connection that seems to live: the same again is harmless. */
export function overdue(ballot: Ballot, n: number): Step {
  if (ballot.tap?.n !== n || ballot.closed) return step(ballot);
  return step({ ...ballot, status: 'retrying' }, { tap: ballot.tap, afterMs: 0 });
}

/** The present after a (re)connect, with the standing ballot; what is still without an answer goes out again. */
export function present(ballot: Ballot, receipt: Receipt | null, newest: Tap | null): Step {
  const relevant = receipt?.round === ballot.round ? receipt : null;
  let known = relevant && relevant.status !== 'Busy' ? absorb(ballot, relevant) : ballot;
  if (relevant?.status === 'Closed') known = { ...known, closed: true };
  const pending = known.tap;
  if (!pending) {
    const status = known.standing && known.status === 'none' ? 'recorded' : known.status;
    return step({ ...known, status });
  }
  if (stands(known, pending)) return step(settle(known, 'recorded'));
  if (known.closed) return step(settle(known, 'late'));
  if (known.standing && known.standing.n >= pending.n) {
    return superseded(pending, newest) ? step(settle(known, 'recorded')) : renumber(known, pending, newest);
  }
  return step({ ...known, status: 'sending' }, { tap: pending, afterMs: 0 });
}

/** Another tab of this device heard of a standing ballot. */
export function heard(ballot: Ballot, standing: Standing | null): Step {
  if (!standing) return step(ballot);
  const known = absorb(ballot, { ...standing, status: 'Counted', round: ballot.round, seat: 0 });
  return step(known.tap || known.status === 'late' ? known : { ...known, status: 'recorded', refusal: null });
}
