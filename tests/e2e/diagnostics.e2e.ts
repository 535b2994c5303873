import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { accessibilityFaults } from '../support/accessibility';
import { discardApp, launchApp, waitUntilReady } from '../support/app';
import { checkEverything, row } from '../support/diagnostics';
import { startLoopback } from '../support/loopback';
import { setTheme } from '../support/measures';
import { Authority } from '../support/pki';
import { startProxy } from '../support/proxy';
import { createFirstAccount, firstAccount, goTo, signIn } from '../support/steps';

test('the diagnostics name what is wrong, what to do, and are copied without a secret', async () => {
  const running = await launchApp();
  const page = running.window;
  try {
    await waitUntilReady(page);
    await createFirstAccount(page);
    await checkEverything(page);
    await expect(row(page, 'Disque').getByText('Il reste')).toBeVisible();
    await expect(row(page, 'API Entreprise').getByText('En ordre')).toBeVisible();
    await expect(row(page, 'Trousseau').getByText('En ordre')).toBeVisible();
    await expect(row(page, 'Bases de données').getByText('En ordre')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: /^Vérification terminée\s: .*\d en ordre/ })).toBeAttached();
    // Nothing that costs a call was done unasked.
    await expect(row(page, 'Jeton').getByText('Pas encore vérifié')).toBeVisible();
    await row(page, 'Jeton').getByRole('button').click();
    await expect(row(page, 'Jeton').getByText('Le service reconnaît le jeton.')).toBeVisible();

    await running.sandbox('POST /faults', { path: '/v3/ping', times: 1, effect: { kind: 'status', status: 503 } });
    await row(page, 'API Entreprise').getByRole('button').click();
    await expect(row(page, 'API Entreprise').getByText('En défaut')).toBeVisible();
    await expect(row(page, 'API Entreprise').getByText(/status\.entreprise\.api\.gouv\.fr/)).toBeVisible();

    const report = page.getByLabel('Texte du rapport');
    await expect(report).toHaveValue(/API Entreprise\s: En défaut/);
    await page.getByRole('button', { name: 'Copier le rapport' }).click();
    await expect(page.getByRole('button', { name: 'Copié' })).toBeVisible();
    expect(await report.inputValue()).not.toMatch(/eyJ|Bearer|\/proxy\/files/);

    // An account given before any proxy has asked for one goes nowhere: the screen says so, and what is left to do.
    await page.getByLabel('Nom d’utilisateur').fill('lea');
    await page.getByLabel('Mot de passe', { exact: true }).fill('mot-de-passe-temoin');
    await page.getByRole('button', { name: 'Enregistrer le compte' }).click();
    await expect(page.getByText('Ce compte n’est encore donné à aucun proxy.')).toBeVisible();
  } finally {
    await discardApp(running);
  }
});

const GATEWAY = 'passerelle.exemple.test';

test('a PAC file, a proxy with an account and an authority of the organisation lead to the gateway', async () => {
  const authority = new Authority('Autorité de la ville', 'Ville fictive');
  const gateway = createServer(authority.issue({ name: GATEWAY, san: [`DNS:${GATEWAY}`] }), (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}'));
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const start = () => startProxy({ account: 'lea:mot-de-passe-temoin', leadTo: () => (gateway.address() as AddressInfo).port });
  const [proxy, hostile] = [await start(), await start()];
  let named = proxy;
  const pac = await startLoopback((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/x-ns-proxy-autoconfig' }).end(`function FindProxyForURL(url, host) { return host === '${GATEWAY}' ? 'PROXY 127.0.0.1:${named.port}' : 'DIRECT'; }`),
  );
  const policyFile = join(mkdtempSync(join(tmpdir(), 'instruire-policy-')), 'policy.json');
  writeFileSync(policyFile, JSON.stringify({ environment: 'gateway', gatewayUrl: `https://${GATEWAY}`, proxyPacUrl: `${pac.baseUrl}/proxy.pac`, caFiles: [authority.certFile] }));
  const env = { INSTRUIRE_POLICY_FILE: policyFile };
  let running = await launchApp({ env });
  let page = running.window;
  try {
    await waitUntilReady(page);
    await createFirstAccount(page);
    await goTo(page, 'Réglages');
    await expect(page.getByRole('region', { name: 'Réseau' }).getByText('fixé par votre organisation').first()).toBeVisible();
    await goTo(page, 'Diagnostic');
    await row(page, 'Proxy').getByRole('button').click();
    await expect(row(page, 'Proxy').getByText(`127.0.0.1:${proxy.port}`)).toBeVisible();
    await row(page, 'API Entreprise').getByRole('button').click();
    await expect(row(page, 'API Entreprise').getByText(/demande un nom d’utilisateur/)).toBeVisible();
    await expect(page.getByText(`Le proxy 127.0.0.1:${proxy.port} demande un compte`)).toBeVisible();
    await page.getByLabel('Nom d’utilisateur').fill('lea');
    await page.getByLabel('Mot de passe', { exact: true }).fill('mot-de-passe-temoin');
    await page.getByRole('button', { name: 'Enregistrer le compte' }).click();
    await expect(page.getByText('Un mot de passe est enregistré')).toBeVisible();
    await expect(page.getByText(`Donné seulement à 127.0.0.1:${proxy.port}`)).toBeVisible();
    await expect(page.getByText('demande un compte')).toHaveCount(0);
    await row(page, 'API Entreprise').getByRole('button').click();
    await expect(row(page, 'API Entreprise').getByText('En ordre')).toBeVisible();
    await row(page, 'Certificat').getByRole('button').click();
    await expect(row(page, 'Certificat').getByText('Autorité de la ville (Ville fictive)').first()).toBeVisible();
    expect(proxy.asked.every(({ target }) => target === `${GATEWAY}:443`)).toBe(true);

    // The PAC file turns to another proxy: it is refused in words, shown by its address, and given nothing until somebody says so.
    await running.close();
    named = hostile;
    running = await launchApp({ env, userData: running.userData });
    page = running.window;
    await waitUntilReady(page);
    await signIn(page, firstAccount.login, firstAccount.password);
    await goTo(page, 'Diagnostic');
    await row(page, 'API Entreprise').getByRole('button').click();
    await expect(row(page, 'API Entreprise').getByText(/n’a jamais été confirmé/)).toBeVisible();
    await expect(page.getByText(`Donné seulement à 127.0.0.1:${proxy.port}`)).toBeVisible();
    await page.getByText(`Le proxy 127.0.0.1:${hostile.port} demande un compte`).scrollIntoViewIfNeeded();
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(running, theme);
      expect(await accessibilityFaults(page), theme).toEqual([]);
    }
    expect(hostile.asked.map(({ account }) => account)).toEqual(hostile.asked.map(() => null));
    await page.getByRole('button', { name: `Donner le compte à 127.0.0.1:${hostile.port}` }).click();
    await expect(page.getByText(`Donné seulement à 127.0.0.1:${proxy.port}, 127.0.0.1:${hostile.port}`)).toBeVisible();
    await row(page, 'API Entreprise').getByRole('button').click();
    await expect(row(page, 'API Entreprise').getByText('En ordre')).toBeVisible();
    expect(hostile.asked.at(-1)?.account).toBe('lea:mot-de-passe-temoin');
  } finally {
    await discardApp(running);
    await Promise.all([proxy.close(), hostile.close(), pac.close()]);
    gateway.closeAllConnections();
    gateway.close();
    authority.remove();
  }
});
