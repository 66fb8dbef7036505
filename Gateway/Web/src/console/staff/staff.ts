import { call, Refused } from '../../lib/api';
import type { Text } from '../../lib/protocol';
import { both } from '../../lib/words';

/** What an account may do. */
export type Role = 'operator' | 'director' | 'admin';
export const roles: readonly Role[] = ['operator', 'director', 'admin'];

export interface StaffCard { readonly name: string; readonly roles: readonly string[]; readonly sinceMs: number; readonly mustChange: boolean }

/** A password that is shown this once. */
export interface HandOver { readonly name: string; readonly password: string }

export interface AuditEntry {
  readonly atMs: number; readonly act: string; readonly by: string; readonly about?: string | null; readonly session?: string | null;
  readonly what?: string | null; readonly reason?: string | null; readonly refused?: string | null; readonly times?: number;
}
export interface AuditPage { readonly rows: readonly { readonly number: number; readonly entry: AuditEntry }[]; readonly next: number }

/** Which entries of the log. */
export interface AuditFilter { readonly person: string; readonly session: string }

const of = (name: string): string => `/api/accounts/${encodeURIComponent(name)}`;

function query(filter: AuditFilter, more: Readonly<Record<string, string>> = {}): string {
  const wanted = new URLSearchParams(more);
  if (filter.person) wanted.set('person', filter.person);
  if (filter.session) wanted.set('session', filter.session);
  const text = wanted.toString();
  return text ? `?${text}` : '';
}

export const staffApi = {
  changePassword: (old: string, wanted: string) => call<null>('POST', '/api/me/password', { old, wanted }),
  list: () => call<readonly StaffCard[]>('GET', '/api/accounts'),
  make: (name: string, roles: readonly Role[], reason: string) => call<HandOver>('POST', '/api/accounts', { name, roles, reason }),
  reset: (name: string, reason: string) => call<HandOver>('POST', `${of(name)}/password`, { reason }),
  setRoles: (name: string, roles: readonly Role[], reason: string) => call<null>('POST', `${of(name)}/roles`, { roles, reason }),
  remove: (name: string, reason: string) => call<null>('POST', `${of(name)}/remove`, { reason }),
  audit: (filter: AuditFilter, before: number) => call<AuditPage>('GET', `/api/audit${query(filter, { before: `${before}` })}`),
  auditCsv: (filter: AuditFilter) => `/api/audit.csv${query(filter)}`,
};

/** What to say when a call failed. */
export function sentence(error: unknown): Text {
  const refused = error instanceof Refused ? error : null;
  return refused?.refusal?.sentence ?? both((all) => (refused?.status === 0 ? all.unreachable : all.puzzling));
}
