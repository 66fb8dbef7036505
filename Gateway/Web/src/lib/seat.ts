import { api } from './api';
import { forget, keep, kept } from './storage';
import { ui } from './language.svelte';

/** This device's seat in a session. */
export interface Seat {
  readonly code: string;
  readonly ticket: string;
  readonly session: string;
  readonly seat: number;
  readonly expiresMs: number;
}

export function currentSeat(): Seat | null {
  return kept<Seat>('seat');
}

/** Takes the device's seat, or its old one again. Throws `Refused`. */
export async function takeSeat(code: string): Promise<Seat> {
  const joined = await api.join(code, kept<string>('device'), ui.language);
  keep('device', joined.device);
  const seat = { code, ticket: joined.ticket, session: joined.session, seat: joined.seat, expiresMs: joined.expiresMs };
  keep('seat', seat);
  return seat;
}

export function leaveSeat(): void {
  forget('seat');
}
