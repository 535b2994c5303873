import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { agentsSchema, createAgents } from '../../../electron/agents';
import { openDatabase } from '../../../electron/storage/database';
import type { MachinePolicy } from '../../../electron/storage/policy';
import { createUnprotectedCipher } from '../../../electron/storage/unprotected-cipher';
import { createVault, vaultSchema } from '../../../electron/storage/vault';
import type { TracedEvent } from '../../../shared/domain/journal';

/** Cheap parameters: the cost of scrypt is not what these tests are about. */
export const quickScrypt = { logN: 4, r: 8, p: 1 };
export const goodPassword = 'girafe violette 42 tambours';

export function setUp(path = join(mkdtempSync(join(tmpdir(), 'instruire-agents-')), 'instruire.db'), policy: Pick<MachinePolicy, 'secondFactorRequired' | 'organisation'> = {}, scryptParameters = quickScrypt) {
  const { database } = openDatabase(path, [vaultSchema, agentsSchema]);
  /** The monotonic clock stops while the machine sleeps, and goes on while the other is set. */
  const time = { ms: Date.UTC(2026, 0, 5, 8), monotonicLagMs: 0 };
  const clock = { now: () => time.ms, monotonic: () => time.ms - time.monotonicLagMs };
  const journal: TracedEvent[] = [];
  const journalState = { isBroken: false };
  const sessionChanges: string[] = [];
  const agents = createAgents({
    database,
    vault: createVault(database, createUnprotectedCipher(`${path}.key`)),
    clock,
    lockAfterMs: () => 15 * 60_000,
    oidc: null,
    secondFactorRequired: policy.secondFactorRequired ?? false,
    fixedOrganisation: policy.organisation ?? null,
    scryptParameters,
    onSessionChange: (_, reason) => sessionChanges.push(reason),
    record: async (event) => {
      await Promise.resolve();
      if (journalState.isBroken) throw new Error('disk full');
      journal.push(event);
    },
  });
  const createFirst = () =>
    agents.accounts.createFirst({ login: 'claire', displayName: 'Claire Exemple', organisation: 'Ville fictive', password: goodPassword });
  return { ...agents, database, path, time, journal, journalState, sessionChanges, createFirst };
}
