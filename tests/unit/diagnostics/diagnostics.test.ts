import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { diagnosticsHandlers, journalFault, serviceChecks } from '../../../electron/diagnostics';
import type { Check } from '../../../electron/diagnostics/finding';
import { localChecks } from '../../../electron/diagnostics/local-checks';
import { clockFinding } from '../../../electron/diagnostics/network-checks';
import type { CallStop } from '../../../electron/consultation/ports';
import { createDispatcher, createHttpClient } from '../../../electron/http';
import { openDatabase } from '../../../electron/storage/database';
import type { SecretCipher } from '../../../electron/storage/secret-cipher';
import { createVault, vaultSchema } from '../../../electron/storage/vault';
import { type LoopbackServer, sendJson, startLoopback } from '../../support/loopback';

const NOW = Date.parse('2027-03-01T09:00:00Z');
const signal = new AbortController().signal;
const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('the clock', () => {
  it.each([
    ['Mon, 01 Mar 2027 09:00:20 GMT', 'ok', 'juste'],
    ['Mon, 01 Mar 2027 08:58:40 GMT', 'error', 'avance de 80 secondes'],
    ['Mon, 01 Mar 2027 09:10:00 GMT', 'error', 'retarde de 10 minutes'],
    ['Mon, 01 Mar 2027 06:00:00 GMT', 'error', 'avance de 3 heures'],
    ['Fri, 05 Mar 2027 09:00:00 GMT', 'error', 'retarde de 4 jours'],
    ['hier', 'skipped', 'pas donné l’heure'],
  ])('%s is %s', (date, state, words) => {
    const finding = clockFinding(date, NOW);
    expect(finding).toMatchObject({ state });
    expect(finding.summary).toContain(words);
    expect(finding.mend !== null).toBe(state === 'error');
  });
});

describe('the service', () => {
  async function checksOn(answering: Parameters<typeof startLoopback>[0], bannedUntil: string | null = null, clockStop: CallStop | null = null) {
    const server = await startLoopback(answering);
    servers.push(server);
    const http = createHttpClient({ dispatcher: createDispatcher(), userAgent: 'test' });
    const pingRoutes = [{ route: '/ping/a', name: 'Alpha' }, { route: '/ping/b', name: 'Bêta' }];
    return { server, checks: serviceChecks({ http, baseUrl: () => server.baseUrl, pingRoutes, bannedUntil: () => bannedUntil, now: () => NOW, clockStop: () => Promise.resolve(clockStop) }) };
  }

  it('that answers is in order, without a token', async () => {
    const { server, checks } = await checksOn((_request, response) => sendJson(response, 200, { status: 'ok' }));
    expect(await checks.ping(signal)).toMatchObject({ state: 'ok' });
    expect(server.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('that is down says where to look', async () => {
    const { checks } = await checksOn((_request, response) => sendJson(response, 503, {}));
    expect((await checks.ping(signal)).mend).toContain('status.entreprise.api.gouv.fr');
  });

  it('is not what is said of the clock while calls wait for it', async () => {
    const stop = { reason: 'clock', message: 'L’horloge de ce poste est en retard.', advice: 'Mettez ce poste à l’heure.' } as const;
    const { checks } = await checksOn((_request, response) => sendJson(response, 200, {}), null, stop);
    expect(await checks.clock(signal)).toMatchObject({ state: 'error', summary: stop.message, mend: stop.advice });
  });

  it('that may have banned this address is left alone', async () => {
    const { server, checks } = await checksOn((_request, response) => sendJson(response, 200, {}), '2027-03-01T21:00:00Z');
    expect(await checks.ping(signal)).toMatchObject({ state: 'error', facts: [{ name: 'Fin probable', value: '01/03/2027 22:00' }] });
    for (const other of [checks.clock, checks.providers]) expect(await other(signal)).toMatchObject({ state: 'skipped' });
    expect(server.requests).toEqual([]);
  });

  it('names the providers that are down, and only those', async () => {
    const { checks } = await checksOn((request, response) => sendJson(response, request.url === '/ping/b' ? 502 : 200, { status: request.url === '/ping/b' ? 'bad_gateway' : 'ok' }));
    const finding = await checks.providers(signal);
    expect(finding).toMatchObject({ state: 'warning', facts: [{ name: 'Alpha', value: 'en service' }, { name: 'Bêta', value: 'en panne' }] });
    expect(finding.summary).toBe('Un fournisseur est en panne : Bêta.');
  });
});

it('a journal that is damaged or gone is a fault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-diagnostics-'));
  writeFileSync(join(folder, 'journal.db'), Buffer.alloc(8_192, 7));
  expect(journalFault(join(folder, 'journal.db'))).toMatch(/historique/);
  expect(journalFault(join(folder, 'absent.db'))).toMatch(/historique/);
});

describe('what a call needs on this machine', () => {
  const cipher = (changes: Partial<SecretCipher> = {}): SecretCipher => ({ kind: 'keychain', encrypt: (plain) => Buffer.from(plain), decrypt: (sealed) => sealed.toString(), ...changes });
  const folder = () => mkdtempSync(join(tmpdir(), 'instruire-diagnostics-'));

  function checksWith(own: SecretCipher) {
    const { database } = openDatabase(join(folder(), 'instruire.db'), [vaultSchema]);
    return { database, checks: localChecks({ vault: createVault(database, own), database, checkJournal: () => null, journalStop: () => null, folder: tmpdir() }) };
  }
  const locked = (): never => {
    throw new Error('locked');
  };

  it.each<[string, SecretCipher, string]>([
    ['that works', cipher(), 'ok'],
    ['that is locked', cipher({ encrypt: locked }), 'error'],
    ['that seals and does not open', cipher({ decrypt: locked }), 'error'],
    ['that answers noise', cipher({ decrypt: () => '\ufffd' }), 'error'],
    ['that is not there', cipher({ kind: 'unprotected' }), 'warning'],
  ])('a keychain %s has its state, with a mend when it is not in order', async (_what, own, state) => {
    const finding = await checksWith(own).checks.keychain(signal);
    expect(finding).toMatchObject({ state });
    expect(finding.mend !== null).toBe(state !== 'ok');
  });

  it('a database that does not answer is its own fault, not the keychain’s', async () => {
    const { database, checks } = checksWith(cipher());
    expect(await checks.database(signal)).toMatchObject({ state: 'ok' });
    database.close();
    expect(await checks.database(signal)).toMatchObject({ state: 'error', summary: 'Le fichier des dossiers est endommagé.', mend: expect.stringContaining('service informatique') as string });
    expect(await checks.keychain(signal)).toMatchObject({ state: 'ok' });
  });
});

describe('running', () => {
  const session = { agent: { id: 'a', login: 'a', displayName: 'A', role: 'agent' as const, organisation: null, state: 'active' as const, lastSignInAt: null }, signedInAt: '2027-03-01T08:00:00.000Z' };
  const CANARY = `eyJ${'a'.repeat(20)}.${'b'.repeat(30)}.${'c'.repeat(20)}`;

  const oneRequest = () => Promise.resolve([{ id: 'requete-1', at: '2027-03-01T08:59:00Z', status: 200 }]);

  function setUp(check: Check, lastRequests: Parameters<typeof diagnosticsHandlers>[0]['lastRequests'] = oneRequest) {
    const checks = { proxy: check, dns: check, tcp: check, tls: check, clock: check, ping: check, providers: check, keychain: check, database: check, disk: check };
    return diagnosticsHandlers({
      checks,
      checkToken: () => Promise.resolve({ state: 'ok', summary: 'Reconnu.', mend: null, facts: [{ name: 'Habilitation', value: 'Marché de Mme Exemple' }] }),
      describeApplication: () => ({ Instruire: '0.0.0' }),
      lastRequests,
      clock: { now: () => NOW, monotonic: () => 0 },
    });
  }

  it('is stopped on demand, even when the check does not hear', async () => {
    const handlers = setUp(() => new Promise(() => undefined));
    const run = handlers['diagnostics.run']({ runId: 'un', checkId: 'dns', habilitationId: null }, { session } as never);
    await handlers['diagnostics.cancel']({ runId: 'un' }, { session } as never);
    await expect(run).rejects.toThrow('arrêtée');
    expect(await handlers['diagnostics.results'](undefined, { session } as never)).toEqual([]);
  });

  it.each<[string, Check]>([
    ['at once', () => { throw new Error('SqliteError: /home/camille/x'); }],
    ['later', () => Promise.reject(new Error('EIO'))],
  ])('says as a state that a check has broken (%s), and shows nothing of its words', async (_when, check) => {
    const handlers = setUp(check);
    const result = await handlers['diagnostics.run']({ runId: 'un', checkId: 'database', habilitationId: null }, { session } as never);
    expect(result).toMatchObject({ state: 'error', mend: expect.stringContaining('service informatique') as string });
    expect(JSON.stringify(result)).not.toMatch(/Sqlite|camille|EIO/);
  });

  it('leaves a report even if the history does not answer', async () => {
    const handlers = setUp(() => Promise.resolve({ state: 'ok', summary: 'En ordre.', mend: null, facts: [] }), () => Promise.reject(new Error('closed')));
    expect((await handlers['diagnostics.report'](undefined, { session } as never)).text).toContain('- illisibles\u00a0: l’historique ne répond pas');
  });

  it('names one link of the chain, and says that those after it, stopped by the same fault, depend on it', async () => {
    const handlers = setUp(() => Promise.resolve({ state: 'error', summary: 'La connexion a été refusée.', mend: 'Dites-le.', facts: [] }));
    const states: string[] = [];
    for (const checkId of ['dns', 'tcp', 'ping'] as const) {
      const { state, summary } = await handlers['diagnostics.run']({ runId: 'un', checkId, habilitationId: null }, { session } as never);
      states.push(`${state}: ${summary.replace(/\s/g, ' ')}`);
    }
    expect(states).toEqual(['error: La connexion a été refusée.', ...Array<string>(2).fill('skipped: Non vérifié : dépend de « Nom du service », qui est en défaut.')]);
    const { text } = await handlers['diagnostics.report'](undefined, { session } as never);
    expect(text.match(/En défaut/g)).toHaveLength(1);
  });

  it('leaves a report with states and request identifiers, and neither a secret nor a title', async () => {
    const handlers = setUp(() => Promise.resolve({ state: 'error', summary: `Refusé : Bearer ${CANARY}`, mend: null, facts: [{ name: 'Adresse', value: 'http://jeanne:motdepasse@proxy.example' }] }));
    for (const checkId of ['proxy', 'token'] as const) await handlers['diagnostics.run']({ runId: 'un', checkId, habilitationId: null }, { session } as never);
    const { text } = await handlers['diagnostics.report'](undefined, { session } as never);
    expect(text).toContain('Proxy\u00a0: En défaut');
    expect(text).toContain('requete-1');
    for (const secret of [CANARY, 'motdepasse', 'Mme Exemple']) expect(text).not.toContain(secret);
  });
});
