import { expect, it } from 'vitest';

import { tokenState } from '../../../electron/habilitations/token-expiry';
import { createTokenWatch } from '../../../electron/habilitations/token-watch';
import type { TokenSummary } from '../../../shared/domain/habilitation';

const expiresAt = '2026-06-01T00:00:00.000Z';
const end = Date.parse(expiresAt);

it('tells once of each change of state, an expiry that nobody caused included', () => {
  const state = { now: end - 200 * 86_400_000, refusedCode: null as string | null, hasStagedToken: false };
  const token = (): TokenSummary => ({
    ...{ uid: null, subject: null, scopes: [], issuedAt: null, expiresAt, privileges: null, privilegesCheckedAt: null },
    state: tokenState({ expiresAt, refusedCode: state.refusedCode }, state.now),
  });
  const told: string[] = [];
  const watch = createTokenWatch({ list: () => [{ id: 'h1', token: token(), hasStagedToken: state.hasStagedToken }], onChange: (id) => told.push(id) });
  const changesAfter = (change: () => void): number => {
    told.length = 0;
    change();
    watch.check();
    watch.check();
    return told.length;
  };
  expect(changesAfter(() => undefined)).toBe(0);
  expect(changesAfter(() => (state.now = end - 10 * 86_400_000))).toBe(1);
  expect(changesAfter(() => (state.hasStagedToken = true))).toBe(1);
  expect(changesAfter(() => (state.refusedCode = '00105'))).toBe(1);
  expect(changesAfter(() => (state.refusedCode = null))).toBe(1);
  expect(changesAfter(() => (state.now = end))).toBe(1);
});
