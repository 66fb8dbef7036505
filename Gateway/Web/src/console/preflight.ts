import type { Text } from '../lib/protocol';

export const preflightItems = ['Wall', 'Sound', 'Network', 'Disk', 'Writer', 'Clock', 'Journal'] as const;
export type PreflightItem = (typeof preflightItems)[number];
export type Readiness = 'Green' | 'Amber' | 'Red';

export interface PreflightCheck { readonly item: PreflightItem; readonly verdict: Readiness; readonly says: Text; readonly mend: Text | null }
export interface PreflightReport { readonly ready: boolean; readonly summary: Text; readonly checks: readonly PreflightCheck[] }

/** What is looked at again by itself while the check is open: what an operator changes by walking about. */
export const watched: readonly PreflightItem[] = ['Wall', 'Sound', 'Network'];

/** The newer checks in the place of the older. */
export function merge(known: readonly PreflightCheck[], newer: readonly PreflightCheck[]): readonly PreflightCheck[] {
  const by = new Map([...known, ...newer].map((check) => [check.item, check]));
  return preflightItems.flatMap((item) => by.get(item) ?? []);
}

export function count(checks: readonly PreflightCheck[], verdict: Readiness): number {
  return checks.filter((check) => check.verdict === verdict).length;
}
