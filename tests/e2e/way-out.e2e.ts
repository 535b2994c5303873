import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';
import { SignJWT } from 'jose';

import type { CertificateFacts, TransportProblem } from '../../shared/domain/transport';
import { transportWords } from '../../shared/errors';
import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { ask, firstDossierId } from '../support/dialogs/dialog';
import { Authority, type Certificate } from '../support/pki';
import { startProxy, type TestProxy } from '../support/proxy';
import { createFirstAccount, goTo } from '../support/steps';

const SERVICE = 'staging.entreprise.api.gouv.fr';
const SCOPE = 'unites_legales_etablissements_insee';
const RECIPIENT = '13002526500013';
const SIREN = '299028209';
/** Nobody listens there. */
const CLOSED_PORT = 1;

let city: Authority;
let stranger: Authority;
let proxy: TestProxy;
let running: RunningApp;
let policyFolder: string;
const servers: Server[] = [];
/** Where the proxy leads to now; search is another host, which answers. */
let servicePort = CLOSED_PORT;
let searchPort = CLOSED_PORT;
/** The proxy waits for the service in vain. */
let isSilent = false;

test.describe.configure({ mode: 'serial' });

async function serve(certificate: Certificate, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer({ cert: certificate.cert, key: certificate.key }, answer);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

const good = (name = SERVICE): Certificate => city.issue({ name, san: [`DNS:${name}`] });
const answerJson = (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"results":[],"total_results":0}');

test.beforeAll(async () => {
  city = new Authority('Autorité de la ville', 'Ville fictive');
  stranger = new Authority('Boîtier inconnu', 'Inconnu SA');
  isSilent = false;
  searchPort = await serve(good('recherche-entreprises.api.gouv.fr'), answerJson);
  proxy = await startProxy({ leadTo: (target) => (target.startsWith(SERVICE) ? servicePort : searchPort), status: (target) => (isSilent && target.startsWith(SERVICE) ? 504 : undefined) });
  policyFolder = mkdtempSync(join(tmpdir(), 'instruire-policy-'));
  const policyFile = join(policyFolder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify({ environment: 'staging', proxyUrl: `http://127.0.0.1:${proxy.port}`, caFiles: [city.certFile] }));
  running = await launchApp({ env: { INSTRUIRE_POLICY_FILE: policyFile } });
  await waitUntilReady(running.window);
  await createFirstAccount(running.window);
  await openDossier(running.window);
});

test.afterAll(async () => {
  await discardApp(running);
  await proxy.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  for (const authority of [city, stranger]) authority.remove();
  rmSync(policyFolder, { recursive: true });
});

/** An habilitation of the test service with a token made here, and a dossier that holds one company. */
async function openDossier(page: Page): Promise<void> {
  servicePort = await serve(good(), (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ privileges: [SCOPE] })));
  const claims = { uid: '00000000-0000-0000-0000-000000000000', sub: 'staging development', scopes: [SCOPE], version: '1.0' };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('1 year').sign(new TextEncoder().encode('a key that proves nothing, of 32 bytes'));
  const context = 'Marchés publics';
  const { id } = await ask<{ id: string }>(page, 'habilitations.create', { title: 'Essais', environment: 'staging', recipients: [RECIPIENT], contexts: [context], useCases: ['marches_publics'] });
  await ask(page, 'habilitations.setToken', { id, token });
  await ask(page, 'habilitations.testToken', { id });
  const [me] = await ask<{ id: string }[]>(page, 'agents.list');
  await ask(page, 'habilitations.setAgents', { id, agents: [{ agentId: me?.id ?? '', endpointIds: null }] });
  const dossier = await ask<{ id: string }>(page, 'dossiers.create', { title: 'Rénovation', habilitationId: id, useCase: 'marches_publics', context, recipient: RECIPIENT, object: 'MAPA-2026-014' });
  await ask(page, 'dossiers.addCompany', { id: dossier.id, identifier: SIREN, siret: null, name: 'Ateliers du Vallon Bleu', role: 'candidat' });
}

/** What the service is asked next meets this; the connections of before are gone. */
function lead(port: number): void {
  servicePort = port;
  for (const server of servers) server.closeAllConnections();
}

const checkRow = (page: Page, title: string) => page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Vérifier : ${title}` }) });

interface Answer {
  readonly step: string;
  readonly error: { readonly kind: string; readonly message: string; readonly advice: string };
}

async function consult(page: Page): Promise<Answer> {
  return ask(page, 'consultation.run', { consultationId: randomUUID(), dossierId: await firstDossierId(page), endpointId: 'insee.unite_legale.v4', identifier: SIREN, parameters: {} });
}

async function lastLine(page: Page): Promise<Record<string, unknown> | undefined> {
  return (await ask<{ lines: Record<string, unknown>[] }>(page, 'journal.search', { filter: { kind: 'all' }, limit: 1 })).lines[0];
}

const page200 = (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html lang="fr">Portail</html>');

const failures: readonly (readonly [what: string, problem: TransportProblem, start: () => Promise<number>, facts?: CertificateFacts])[] = [
  ['an authority that this workstation does not know', 'authority_unknown', () => serve(stranger.issue({ name: SERVICE, san: [`DNS:${SERVICE}`] }), answerJson), { authority: 'Boîtier inconnu (Inconnu SA)' }],
  ['a certificate that has expired', 'certificate_expired', () => serve(city.issue({ name: SERVICE, san: [`DNS:${SERVICE}`], from: '200101000000Z', until: '240101000000Z' }), answerJson), { date: '2024-01-01' }],
  ['the certificate of another host', 'certificate_other_host', () => serve(city.issue({ name: 'intranet.ville.test', san: ['DNS:intranet.ville.test'] }), answerJson), { names: ['intranet.ville.test'] }],
  ['a page where data were asked for', 'captive', () => serve(good(), page200)],
  ['a way to a portal', 'captive', () => serve(good(), (_request, response) => void response.writeHead(302, { location: 'https://portail.exemple.test/' }).end())],
  ['a network that wants a sign-in (511)', 'captive', () => serve(good(), (_request, response) => void response.writeHead(511).end())],
];

for (const [what, problem, start, facts] of failures) {
  test(`${what} is told on screen with what to say to the IT desk, and in the history`, async () => {
    const page = running.window;
    const words = transportWords(problem, facts);
    lead(await start());
    await goTo(page, 'Diagnostic');
    await checkRow(page, 'API Entreprise').getByRole('button').click();
    await expect(checkRow(page, 'API Entreprise').getByText('En défaut')).toBeVisible();
    await expect(checkRow(page, 'API Entreprise').getByText(words?.message ?? '', { exact: true })).toBeVisible();
    await expect(checkRow(page, 'API Entreprise').getByText(words?.advice ?? '', { exact: true })).toBeVisible();
    const answer = await consult(page);
    expect(answer).toMatchObject({ step: 'failed', error: { kind: 'network', ...words } });
    expect(await lastLine(page)).toMatchObject({ event: 'call.intent', outcome: 'failure', httpStatus: null, detail: words?.message });
  });
}

test('a service that is silent while another site answers is taken for a ban: calls stop, and the agent is told for how long', async () => {
  const page = running.window;
  isSilent = true;
  lead(CLOSED_PORT);
  await expect.poll(async () => (await consult(page)).error.kind, { timeout: 60_000 }).toBe('probable_ban');
  const told = await lastLine(page);
  expect(told?.['event']).toBe('call.intent');
  expect(String(told?.['detail'])).toMatch(/probablement suspendue pour 12\sheures/);
  const asked = proxy.asked.length;
  await goTo(page, 'Diagnostic');
  await checkRow(page, 'API Entreprise').getByRole('button').click();
  await expect(checkRow(page, 'API Entreprise').getByText(/sans doute suspendue, pour douze heures au plus/)).toBeVisible();
  await expect(checkRow(page, 'API Entreprise').getByText(/Dites à votre service informatique/)).toBeVisible();
  await expect(page.getByText(/^Appels suspendus jusqu’à \d\d:\d\d$/)).toBeVisible();
  // The service is left alone.
  expect(proxy.asked).toHaveLength(asked);
});
