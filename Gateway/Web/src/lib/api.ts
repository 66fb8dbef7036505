import type { Insights } from '../insights/insights';
import type { AsideCall, AsideSaid, Met } from './aside';
import type { FilmCard, Hall, HallSession, Joined, Me, NewSession, Refusal, Scheduled, SeatList, ShowRecord, ToldBeat, WallTicket } from './protocol';
import type { PreflightItem, PreflightReport } from '../console/preflight';
import type { Recording } from './recording';

/** A call that was answered with a refusal; `refusal` is null when the server could not be reached or made no sense. */
export class Refused extends Error {
  constructor(readonly status: number, readonly refusal: Refusal | null) {
    super(refusal?.code ?? `status ${status}`);
  }
}

/** `ticket`: a viewer's, where no cookie says who it is. */
export async function call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown, ticket?: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ticket ? { authorization: `Bearer ${ticket}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused(0, null);
  }
  const text = await response.text().catch(() => '');
  const parsed = parse(text);
  if (!response.ok) throw new Refused(response.status, isRefusal(parsed) ? parsed : null);
  return parsed as T;
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'code' in value && 'sentence' in value && typeof value.sentence === 'object';
}

const of = (session: string): string => `/api/sessions/${encodeURIComponent(session)}`;

export const api = {
  join: (code: string, device: string | null, language: string) =>
    call<Joined>('POST', '/api/join', { code, ...(device ? { device } : {}), language }),
  signIn: (name: string, password: string) => call<null>('POST', '/api/sign-in', { name, password }),
  signOut: () => call<null>('POST', '/api/sign-out'),
  me: () => call<Me>('GET', '/api/me'),
  films: () => call<readonly FilmCard[]>('GET', '/api/films'),
  sessions: () => call<readonly HallSession[]>('GET', '/api/sessions'),
  schedule: (session: NewSession) => call<Scheduled>('POST', '/api/sessions', session),
  wallTicket: (session: string) => call<WallTicket>('POST', `${of(session)}/wall-ticket`),
  seats: (session: string) => call<SeatList>('GET', `${of(session)}/seats`),
  preflight: (session: string, offsetMs: number | null, only: readonly PreflightItem[] | null) =>
    call<PreflightReport>('GET', `${of(session)}/preflight?${new URLSearchParams({ ...(only ? { only: only.join(',') } : {}), ...(offsetMs === null ? {} : { offset: offsetMs.toFixed(0) }) })}`),
  testPicture: (session: string, on: boolean, tone: boolean) => call<null>('POST', `${of(session)}/test-picture`, { on, tone }),
  heard: (session: string) => call<null>('POST', `${of(session)}/heard`, {}),
  story: (session: string, ticket: string) => call<readonly ToldBeat[]>('GET', `${of(session)}/story`, undefined, ticket),
  /** Whom this viewer may speak to now. */
  company: (session: string, ticket: string) => call<{ readonly characters: readonly Met[] }>('GET', `${of(session)}/aside`, undefined, ticket),
  aside: (session: string, ticket: string, aside: AsideCall) => call<AsideSaid>('POST', `${of(session)}/aside`, aside, ticket),
  record: (session: string) => call<ShowRecord>('GET', `${of(session)}/record`),
  recording: (session: string) => call<Recording>('GET', `${of(session)}/recording.json`),
  /** For staff: what a show that has ended was like. */
  insights: (session: string) => call<Insights>('GET', `${of(session)}/insights.json`),
  hall: () => call<Hall>('GET', '/api/hall'),
  joinCodeImage: (session: string) => `${of(session)}/join.svg`,
  /** A sheet of seat cards as SVG, and how many sheets there are. It goes on record that it was asked for. */
  seatCards: async (session: string, page: number): Promise<{ readonly svg: string; readonly pages: number }> => {
    let response: Response;
    try {
      response = await fetch(`${of(session)}/seat-codes.svg?page=${page}`, { credentials: 'same-origin', cache: 'no-store' });
    } catch {
      throw new Refused(0, null);
    }
    const svg = await response.text().catch(() => '');
    if (!response.ok) {
      const refusal = parse(svg);
      throw new Refused(response.status, isRefusal(refusal) ? refusal : null);
    }
    return { svg, pages: Math.max(1, Number(response.headers.get('x-pages')) || 1) };
  },
};
