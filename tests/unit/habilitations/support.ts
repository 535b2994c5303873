import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SignJWT } from 'jose';

import { createHabilitationFeature, habilitationsSchema, type HabilitationLimits, type PrivilegesAnswer, SANDBOX_RECIPIENT } from '../../../electron/habilitations';
import { openDatabase } from '../../../electron/storage/database';
import type { SecretCipher } from '../../../electron/storage/secret-cipher';
import { createUnprotectedCipher } from '../../../electron/storage/unprotected-cipher';
import { createVault, vaultSchema } from '../../../electron/storage/vault';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Agent } from '../../../shared/domain/agent';
import type { ApiError } from '../../../shared/domain/api-error';
import type { Dossier } from '../../../shared/domain/dossier';
import type { Environment } from '../../../shared/domain/environment';
import type { TracedEvent } from '../../../shared/domain/journal';

export const nowMs = Date.UTC(2026, 0, 5, 8);
export const inSeconds = (days: number) => Math.floor(nowMs / 1_000) + days * 86_400;

export function makeToken(claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT({ uid: '11111111-2222-4333-8444-555555555555', sub: 'Marchés de la ville fictive', scopes: ['unites_legales_etablissements_insee', 'inconnu_demain'], iat: inSeconds(-30), exp: inSeconds(400), version: '1.0', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode('a key that proves nothing, of 32 bytes'));
}

export function agentNamed(id: string, role: Agent['role'] = 'agent', state: Agent['state'] = 'active'): Agent {
  return { id, login: id, displayName: id, role, organisation: 'Ville fictive', state, lastSignInAt: null };
}

export const chef = agentNamed('chef', 'responsable');
export const ana = agentNamed('ana');
export const recipient = SANDBOX_RECIPIENT;
export const draft = { title: 'Marchés', environment: 'production' as Environment, recipients: [recipient], contexts: ['Marchés publics'], useCases: ['marches_publics' as const] };
export const endpoint = { id: 'insee.unite_legale.v4', title: 'Unité légale', scopes: ['unites_legales_etablissements_insee'] } as unknown as Endpoint;
export const justification = { context: 'Marchés publics', recipient, object: 'MP-1' };

export function dossierOf(habilitationId: string, useCase: Dossier['useCase'] = 'marches_publics'): Dossier {
  return { id: 'd1', title: 'Dossier', habilitationId, useCase, procedure: null, ...justification, notes: '', tags: [], deadline: null, state: 'open', companies: [], createdBy: 'ana', createdAt: '', updatedAt: '' };
}

export const tokenError = (code: string): ApiError => ({ kind: 'token', message: 'Jeton refusé.', advice: 'Collez-le à nouveau.', status: 401, code, provider: null, requestId: null, retry: { rule: 'never' } });

export function setUp({ electronVersion = '45.4.1', kind = 'keychain' as SecretCipher['kind'], limits = {} as HabilitationLimits, folder = mkdtempSync(join(tmpdir(), 'instruire-habilitations-')) } = {}) {
  const { database } = openDatabase(join(folder, 'instruire.db'), [vaultSchema, habilitationsSchema]);
  const cipherState = { isOpen: true };
  const inner = createUnprotectedCipher(join(folder, 'key'));
  const cipher: SecretCipher = {
    kind,
    encrypt: (plain) => inner.encrypt(plain),
    decrypt(sealed) {
      if (!cipherState.isOpen) throw new Error('keychain is locked');
      return inner.decrypt(sealed);
    },
  };
  const agents = [chef, ana, agentNamed('bea'), agentNamed('dpo', 'auditeur'), agentNamed('parti', 'agent', 'suspended')];
  const state = { now: nowMs, environment: 'production' as Environment, privileges: { ok: true, privileges: endpoint.scopes } as PrivilegesAnswer, tested: [] as string[] };
  const journal: TracedEvent[] = [];
  const journalState = { isBroken: false };
  const feature = createHabilitationFeature({
    database,
    vault: createVault(database, cipher),
    agents: { find: (id) => agents.find((one) => one.id === id), list: () => agents },
    record: async (event) => {
      if (journalState.isBroken) throw new Error('disk full');
      journal.push(event);
    },
    clock: { now: () => state.now, monotonic: () => state.now },
    electronVersion,
    limits,
    environment: () => state.environment,
    baseUrlOf: (environment) => (environment === 'gateway' ? null : `https://${environment}.example`),
    fetchPrivileges: async ({ token }) => {
      state.tested.push(token.reveal());
      return state.privileges;
    },
  });
  const authorise = (habilitationId: string, agent = ana, changes: Partial<{ dossier: Dossier; endpoint: Endpoint; justification: typeof justification }> = {}) =>
    feature.authorisation.authorise(agent, changes.dossier ?? dossierOf(habilitationId), changes.endpoint ?? endpoint, changes.justification ?? justification);
  return { ...feature, folder, database, state, journal, journalState, cipherState, authorise };
}

export async function withToken(token: string) {
  const context = setUp();
  const { id } = await context.habilitations.create(chef, draft);
  await context.habilitations.setAgents(chef, id, [{ agentId: 'ana', endpointIds: null }]);
  await context.tokens.setToken(chef, id, token);
  return { ...context, id };
}
