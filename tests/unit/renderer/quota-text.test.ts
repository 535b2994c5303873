import fc from 'fast-check';
import { expect, test } from 'vitest';

import { costSentence, fullestOf, planOf, quotaSentence, shareOf } from '../../../renderer/features/quota/quota-text';
import type { QuotaWindow } from '../../../renderer/features/quota/use-quota';
import { endpoints } from '../../../shared/catalogue';

function windowOf(changes: Partial<QuotaWindow>): QuotaWindow {
  return {
    ...{ environment: 'sandbox', habilitationId: 'h', habilitationTitle: 'Marchés', pool: 'data', limit: 250, used: 0, inFlight: 0, remaining: 250 },
    ...{ resetsAt: '2026-01-01T00:01:00Z', queued: 0, history: [], state: 'open', reason: null },
    ...changes,
  };
}

test('a plan counts every call once, in its pool', () => {
  fc.assert(
    fc.property(fc.subarray([...endpoints]), (chosen) => {
      const plan = planOf(chosen);
      expect(plan.reduce((sum, { calls }) => sum + calls, 0)).toBe(chosen.length);
      for (const { pool, calls } of plan) expect(calls).toBe(chosen.filter((endpoint) => endpoint.pool === pool).length);
    }),
  );
});

test('the status bar names the window that will make somebody wait first', () => {
  const windows = [windowOf({ used: 100 }), windowOf({ pool: 'attestation_fiscale', limit: 5, used: 3, inFlight: 1 })];
  expect(fullestOf(windows)?.pool).toBe('attestation_fiscale');
  expect(quotaSentence({ windows, breakers: [], ban: null })).toBe('Attestation fiscale : 4 sur 5 dans la minute');
  expect(shareOf(windowOf({ limit: 0, used: 3 }))).toBe(0);
});

test('a ban is said before anything else', () => {
  const ban = { since: '2026-01-01T00:00:00Z', until: '2026-01-01T12:00:00Z', nextProbeAt: '2026-01-01T01:00:00Z', reason: '' };
  expect(quotaSentence({ windows: [windowOf({ used: 250 })], breakers: [], ban })).toMatch(/^Appels suspendus jusqu’à /);
});

test('the cost says the number of calls and the wait that they mean', () => {
  const estimate = { calls: 12, startsAt: '2026-01-01T00:00:00Z' };
  expect(costSentence(12, null)).toBe('12 appels sur le quota de l’habilitation.');
  expect(costSentence(12, { ...estimate, durationMs: 0 })).toContain('tout de suite');
  expect(costSentence(12, { ...estimate, durationMs: 61_000 })).toContain('61\u00a0secondes');
  expect(costSentence(12, { ...estimate, durationMs: 600_000 })).toContain('10\u00a0minutes');
});
