import type { FilmCard, Hall, HallSession, Joined, Me, NewSession, Refusal, Scheduled, WallTicket } from './protocol';

/** A call that was answered with a refusal; `refusal` is null when the server could not be reached or made no sense. */
export class Refused extends Error {
  constructor(readonly status: number, readonly refusal: Refusal | null) {
    super(refusal?.code ?? `status ${status}`);
  }
}

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused(0, null);
  }
  const text = await response.text();
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

export const api = {
  join: (code: string, device: string | null, language: string) =>
    call<Joined>('POST', '/api/join', { code, ...(device ? { device } : {}), language }),
  signIn: (name: string, password: string) => call<null>('POST', '/api/sign-in', { name, password }),
  signOut: () => call<null>('POST', '/api/sign-out'),
  me: () => call<Me>('GET', '/api/me'),
  films: () => call<readonly FilmCard[]>('GET', '/api/films'),
  sessions: () => call<readonly HallSession[]>('GET', '/api/sessions'),
  schedule: (session: NewSession) => call<Scheduled>('POST', '/api/sessions', session),
  wallTicket: (session: string) => call<WallTicket>('POST', `/api/sessions/${encodeURIComponent(session)}/wall-ticket`),
  hall: () => call<Hall>('GET', '/api/hall'),
  joinCodeImage: (session: string) => `/api/sessions/${encodeURIComponent(session)}/join.svg`,
};
