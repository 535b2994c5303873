import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { agentsSchema, createAgents } from '../../../electron/agents';
import { createDispatcher } from '../../../electron/http';
import { openDatabase } from '../../../electron/storage/database';
import type { OidcPolicy } from '../../../electron/storage/policy';
import { createUnprotectedCipher } from '../../../electron/storage/unprotected-cipher';
import { createVault, vaultSchema } from '../../../electron/storage/vault';
import type { TracedEvent } from '../../../shared/domain/journal';
import { clientId, type Person, ScriptedBrowser } from '../../support/oidc';
import { goodPassword, quickScrypt } from '../agents/support';

export const lea: Person = {
  sub: 'lea-1',
  claims: { email: 'lea.exemple@ville.example', email_verified: true, given_name: 'Léa', usual_name: 'Exemple', siret: '99900012800010', groups: ['marches'] },
};

/** A workstation without accounts, whose organisation has chosen this provider; `onPage` plays the browser. */
export function newWorkstation(issuer: string, lists: Partial<OidcPolicy> = {}) {
  const path = join(mkdtempSync(join(tmpdir(), 'instruire-oidc-')), 'instruire.db');
  const { database } = openDatabase(path, [vaultSchema, agentsSchema]);
  const journal: TracedEvent[] = [];
  const browser = { opened: [] as string[], onPage: async (address: string): Promise<void> => void address };
  const agents = createAgents({
    database,
    vault: createVault(database, createUnprotectedCipher(`${path}.key`)),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    lockAfterMs: () => 15 * 60_000,
    scryptParameters: quickScrypt,
    secondFactorRequired: true,
    fixedOrganisation: null,
    onSessionChange: () => undefined,
    record: async (event) => void journal.push(event),
    oidc: {
      policy: { issuer, clientId, ...lists },
      organisation: 'Ville fictive',
      dispatcher: createDispatcher(),
      openExternal: async (address) => {
        browser.opened.push(address);
        await browser.onPage(address);
      },
    },
  });
  const { oidc } = agents;
  if (!oidc) throw new Error('no provider');
  const createFirst = () => agents.accounts.createFirst({ login: 'claire', displayName: 'Claire Exemple', organisation: 'Ville fictive', password: goodPassword });
  return { ...agents, oidc, journal, browser, database, createFirst };
}

/** The same, once its responsable has made his account. */
export async function setUpOidc(issuer: string, lists: Partial<OidcPolicy> = {}) {
  const workstation = newWorkstation(issuer, lists);
  const responsable = await workstation.createFirst();
  workstation.journal.length = 0;
  return { ...workstation, responsable };
}

/** A person who signs in and whose browser comes back to the application. */
export function playedBy(person: Person | 'abort', scripted = new ScriptedBrowser()) {
  return async (address: string): Promise<void> => {
    const back = await scripted.signIn(address, person);
    await fetch(back);
  };
}
