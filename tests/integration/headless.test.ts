import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { compose } from '../../electron/compose';
import { createReport, EXIT, type ExitCode, headlessProgram } from '../../electron/headless';
import { type Sandbox, startSandbox } from '../../electron/sandbox';
import { bundleWorkers, createTestHost, removeWorkers, type TestHost, type TestHostOptions } from '../support/host';
import { startProxy } from '../support/proxy';
import { madeUpSirens } from '../support/sirens';
import { account, Workstation } from '../support/workstation';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const WINDOW_MS = 1_000;
let sandbox: Sandbox;
let folder: string;
let dossierId: string;
let secret: string;
let said: string[];

beforeAll(async () => {
  await bundleWorkers();
  sandbox = await startSandbox({ windowMs: WINDOW_MS, knowsEverySiren: true, latencyMs: 5 });
});
afterAll(async () => {
  await sandbox.close();
  removeWorkers();
});

/** A workstation where the responsable has made a service account. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'instruire-headless-'));
  said = [];
  const station = await Workstation.start(createHost());
  await station.openFirstAccount();
  dossierId = await station.openDossier('299031112');
  const made = await station.ask('agents.create', { login: 'lots-de-nuit', displayName: 'Lots de nuit', organisation: 'Commune', role: 'service' });
  secret = made.temporaryPassword;
  await station.stop();
  sandbox.control.clearRequests();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function createHost({ apiUrl = sandbox.apiUrl, resolveProxy }: { readonly apiUrl?: string } & Pick<TestHostOptions, 'resolveProxy'> = {}) {
  const { searchUrl, controlUrl, controlSecret, tokens } = sandbox;
  const service = { apiBaseUrl: apiUrl, searchBaseUrl: searchUrl, controlUrl, controlSecret, token: tokens.complete };
  return createTestHost({ folder, service, sandbox: { windowMs: WINDOW_MS }, ...(resolveProxy ? { resolveProxy } : {}) });
}

function listOf(count: number): string {
  const path = join(folder, 'fournisseurs.csv');
  writeFileSync(path, madeUpSirens(300_000_000, count).join('\n'));
  return path;
}

interface RunOptions {
  readonly more?: readonly string[];
  readonly secretText?: string;
  /** Stops the run once it has said so many lines. */
  readonly stopAfterLines?: number;
  readonly host?: TestHost;
}

async function run(list: string, { more = [], secretText = secret, stopAfterLines = Infinity, host: { host } = createHost() }: RunOptions = {}): Promise<ExitCode> {
  const stop = new AbortController();
  const write = (line: string): void => {
    said.push(line);
    if (said.length >= stopAfterLines) stop.abort();
  };
  return headlessProgram({
    argv: ['--lot', list, '--dossier', dossierId, '--sortie', join(folder, 'sortie'), '--compte', 'lots-de-nuit', '--jeu', 'insee.unite_legale.v4', ...more],
    open: (dialogs) => compose({ ...host, ...dialogs }),
    explain: String,
    readSecret: () => Promise.resolve(`${secretText}\n`),
    report: createReport({ write, isTerminal: false }),
    signal: stop.signal,
    now: () => new Date(),
  });
}

const results = (): readonly Record<string, unknown>[] =>
  readFileSync(join(folder, 'sortie', 'resultats.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

const served = (): readonly string[] => sandbox.requestLog().filter(({ path, status }) => path.startsWith('/v4') && status !== 429).map(({ path }) => path);

describe('a batch without a window', () => {
  it('answers everything, writes it, and is traced as the service account', async () => {
    expect(await run(listOf(30), { more: ['--secret', '-', '--garder-secret'] })).toBe(EXIT.allAnswered);
    expect(results()).toHaveLength(30);
    expect(results()[0]).toMatchObject({ state: 'answered', provider: 'Insee' });
    expect(said.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(expect.arrayContaining(['started', 'progress', 'ended']));
    expect(said.join('')).not.toContain(secret);
    // The secret was kept by the keychain: the next night needs none.
    expect(await run(listOf(5))).toBe(EXIT.allAnswered);
    const station = await Workstation.start(createHost());
    await station.ask('session.signIn', { login: 'camille', password: 'quatre mots sans rapport' });
    expect((await station.ask('batches.list', {})).batches.map(({ agentName }) => agentName)).toEqual(['Lots de nuit', 'Lots de nuit']);
    await station.stop();
  });

  it('pauses on a signal and goes on from there, calling nothing twice', async () => {
    // Windows of the service for five seconds: the signal comes in the first two.
    const count = 1_200;
    const list = listOf(count);
    expect(await run(list, { more: ['--secret', '-'], stopAfterLines: 3 })).toBe(EXIT.interrupted);
    expect(existsSync(join(folder, 'sortie', 'resultats.jsonl'))).toBe(false);
    const before = served().length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(count);
    said = [];
    expect(await run(list, { more: ['--secret', '-'] })).toBe(EXIT.allAnswered);
    expect(said[0]).toContain('"resumed":true');
    expect(served()).toHaveLength(count);
    expect(new Set(served()).size).toBe(count);
    expect(results()).toHaveLength(count);
  });

  it('says how many calls brought no answer', async () => {
    const [failing] = madeUpSirens(300_000_000, 1);
    sandbox.control.addFault({ path: `/v4/insee/sirene/unites_legales/${failing}`, times: 1, effect: { kind: 'html' } });
    expect(await run(listOf(10), { more: ['--secret', '-'] })).toBe(EXIT.someFailed);
    expect(results().map(({ state }) => state).sort()).toEqual([...Array.from({ length: 9 }, () => 'answered'), 'failed']);
    expect(said.at(-1)).toMatch(/1 appels? sans réponse/);
  });

  it('waits for somebody when the token is refused, and goes on once it is accepted', async () => {
    const list = listOf(10);
    const body = { errors: [{ code: '00101', title: 'Jeton expiré', detail: '', meta: {} }] };
    sandbox.control.addFault({ path: '/v4/insee', times: 1, effect: { kind: 'status', status: 401, body } });
    expect(await run(list, { more: ['--secret', '-'] })).toBe(EXIT.waitsForSomebody);
    expect(said.at(-1)).toMatch(/jeton/i);
    sandbox.control.clearFaults();
    sandbox.control.clearRequests();
    expect(await run(list, { more: ['--secret', '-'] })).toBe(EXIT.allAnswered);
    expect(results()).toHaveLength(10);
  });

  it.each([
    ['one that is not kept', null, 'demande un nom'],
    ['one that was kept for no proxy by name', 'mot de passe', 'jamais été confirmé'],
  ])('waits for somebody when the proxy wants an account: %s', async (_case, password, sentence) => {
    writeFileSync(join(folder, 'policy.json'), JSON.stringify({ proxyUser: 'lea' }));
    if (password !== null) {
      const station = await Workstation.start(createHost());
      await station.ask('session.signIn', { login: 'camille', password: account.password });
      await station.ask('network.setProxyAccount', { user: 'lea', password, proxy: null });
      await station.stop();
    }
    const proxy = await startProxy({ account: 'lea:mot de passe' });
    try {
      const host = createHost({ apiUrl: 'https://service.exemple.test', resolveProxy: () => Promise.resolve(`PROXY 127.0.0.1:${proxy.port}`) });
      expect(await run(listOf(3), { more: ['--secret', '-'], host })).toBe(EXIT.waitsForSomebody);
      expect(said.at(-1)).toContain(sentence);
      expect(said.at(-1)).toMatch(/lancez la vérification, puis .*Compte du proxy/);
      expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ event: 'ended', state: 'paused', waiting: 3 });
      expect(proxy.asked.every(({ account: given }) => given === null)).toBe(true);
    } finally {
      await proxy.close();
    }
    // Once the way is free, the same command goes on with what waited.
    expect(await run(listOf(3), { more: ['--secret', '-'] })).toBe(EXIT.allAnswered);
    expect(said.some((line) => line.includes('"resumed":true'))).toBe(true);
  });

  it('ends with the codes of its documentation, and no other', () => {
    const page = readFileSync('docs/lot-sans-fenetre.md', 'utf8');
    expect([...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))).toEqual(Object.values(EXIT));
  });

  it('tells a wrong command, a wrong secret and a dossier that is not its own apart', async () => {
    const list = listOf(3);
    expect(await run(join(folder, 'absent.csv'), { more: ['--secret', '-'] })).toBe(EXIT.badInput);
    expect(await run(list, { more: ['--secret', '-', '--vitesse', '33'] })).toBe(EXIT.badInput);
    expect(await run(list)).toBe(EXIT.refused);
    expect(await run(list, { more: ['--secret', '-'], secretText: 'faux' })).toBe(EXIT.refused);
    expect(await run(list, { more: ['--secret', '-', '--dossier', 'inconnu'] })).toBe(EXIT.refused);
    expect(served()).toEqual([]);
  });

  it('says that the data cannot be opened', async () => {
    chmodSync(folder, 0o700);
    writeFileSync(join(folder, 'policy.json'), '{');
    expect(await run(listOf(1), { more: ['--secret', '-'] })).toBe(EXIT.cannotStart);
  });
});
