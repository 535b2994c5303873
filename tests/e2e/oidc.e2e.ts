import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';
import { TOTP } from 'otpauth';

import { launchApp, removeUserData, type RunningApp, waitUntilReady } from '../support/app';
import { clientId, type Person, ScriptedBrowser, startProvider } from '../support/oidc';
import { createFirstAccount, fillFirstAccount, signOut } from '../support/steps';

const organisation = 'Commune de Valmont-les-Prés';
const lea: Person = { sub: 'lea', claims: { email: 'lea.exemple@valmont.example', given_name: 'Léa', usual_name: 'Exemple' } };
const visitor: Person = { sub: 'visiteur', claims: { email: 'visiteur@ailleurs.example', given_name: 'Un', usual_name: 'Visiteur' } };

test('the organisation’s sign-in: cancelled, refused by a rule, then accepted', async () => {
  test.setTimeout(120_000);
  const provider = await startProvider([lea, visitor]);
  const folder = mkdtempSync(join(tmpdir(), 'instruire-policy-'));
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify({ organisation, oidc: { issuer: provider.issuer, clientId, allowedDomains: ['valmont.example'] } }));
  const running = await launchApp({ env: { INSTRUIRE_POLICY_FILE: policyFile } });
  const { window } = running;
  try {
    await waitUntilReady(window);
    await catchBrowser(running);
    const fixed = window.getByLabel('Administration');
    await expect(fixed).toHaveValue(organisation);
    await expect(fixed).not.toBeEditable();
    await expect(fixed).toHaveAccessibleDescription('Fixé par votre organisation.');
    await createFirstAccount(window);
    await signOut(window);
    const button = window.getByRole('button', { name: `Se connecter avec ${organisation}` });

    await button.click();
    await expect(window.getByText('Terminez la connexion dans votre navigateur.')).toBeVisible();
    await openedPage(running);
    await window.getByRole('button', { name: 'Annuler' }).click();
    await expect(window.getByRole('alert').filter({ hasText: 'La connexion est annulée' })).toBeVisible();

    await button.click();
    await comeBack(running, visitor);
    await expect(window.getByRole('alert').filter({ hasText: '« valmont.example »' })).toBeVisible();

    await button.click();
    await comeBack(running, lea);
    await expect(window.getByRole('button', { name: 'Compte de Léa Exemple' })).toBeVisible();
  } finally {
    await running.close();
    await provider.stop();
    removeUserData(folder);
    removeUserData(running.userData);
  }
});

test('a second factor that the organisation demands is set up before anything else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'instruire-policy-'));
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify({ secondFactorRequired: true }));
  const running = await launchApp({ env: { INSTRUIRE_POLICY_FILE: policyFile } });
  const { window } = running;
  try {
    await waitUntilReady(window);
    await fillFirstAccount(window);
    await expect(window.getByRole('heading', { name: 'Activez votre second facteur' })).toBeVisible();
    await expect(window.getByRole('navigation', { name: 'Menu principal' })).toBeHidden();
    const answer = await listDossiers(window);
    expect(answer).toMatchObject({ ok: false, error: { field: 'secondFactor' } });
    const secret = ((await window.getByLabel('Clé à saisir').textContent()) ?? '').replace(/\s/g, '');
    await window.getByLabel(/Code à six chiffres/).fill(new TOTP({ secret }).generate());
    await window.getByRole('button', { name: 'Vérifier et activer' }).click();
    await expect(window.getByText(/codes? de secours/i).first()).toBeVisible();
    await window.getByRole('button', { name: 'J’ai noté mes codes' }).click();
    await expect(window.getByRole('navigation', { name: 'Menu principal' })).toBeVisible();
  } finally {
    await running.close();
    removeUserData(folder);
    removeUserData(running.userData);
  }
});

/** Asked of main directly, past what the screen offers. */
function listDossiers(page: Page): Promise<unknown> {
  return page.evaluate(() => window.instruire.call('dossiers.list', {}));
}

/** The system's browser, replaced: the page it is asked to open is kept for the test. */
async function catchBrowser({ app }: RunningApp): Promise<void> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    (globalThis as { opened?: string[] }).opened = opened;
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
}

async function openedPage({ app }: RunningApp): Promise<string> {
  const take = () => app.evaluate(() => (globalThis as { opened?: string[] }).opened?.shift() ?? '');
  let page = '';
  await expect(async () => {
    page = await take();
    expect(page).not.toBe('');
  }).toPass();
  return page;
}

async function comeBack(running: RunningApp, person: Person): Promise<void> {
  const back = await new ScriptedBrowser().signIn(await openedPage(running), person);
  expect((await fetch(back)).status).toBe(200);
}
