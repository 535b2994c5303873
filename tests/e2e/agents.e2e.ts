import { expect, type Page, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';

import { discardApp, type RunningApp } from '../support/app';
import { addCompany, createDossier, firstAccount, goTo, launchWithAccount, signIn, signOut } from '../support/steps';

let running: RunningApp;
let window: Page;

test.beforeEach(async () => {
  running = await launchWithAccount();
  window = running.window;
});

test.afterEach(() => discardApp(running));

const ownPassword = 'cinq autres mots sans lien';

/** Creates an account and returns its temporary password, which the screen shows once. */
async function createAccount(displayName: string, login: string, role: 'Agent instructeur' | 'Auditeur (DPO)'): Promise<string> {
  await goTo(window, 'Agents');
  await window.getByRole('button', { name: 'Nouveau compte' }).click();
  await window.getByLabel('Nom et prénom').fill(displayName);
  await window.getByLabel('Identifiant').fill(login);
  await window.getByLabel(role).check();
  await window.getByRole('button', { name: 'Créer le compte' }).click();
  const password = await window.locator('[aria-label="Mot de passe provisoire"]').innerText();
  await window.getByRole('button', { name: 'J’en ai pris note' }).click();
  await expect(window.getByText(password)).toHaveCount(0);
  return password;
}

async function signInFirstTime(login: string, temporaryPassword: string): Promise<void> {
  await signIn(window, login, temporaryPassword);
  await window.getByRole('textbox', { name: 'Nouveau mot de passe' }).fill(ownPassword);
  await window.getByRole('button', { name: 'Se connecter' }).click();
  await expect(menu()).toBeVisible();
}

const menu = () => window.getByRole('navigation', { name: 'Menu principal' });
const menuEntries = () => menu().getByRole('button').allInnerTexts();

async function codeOf(channel: string, input: unknown): Promise<string> {
  return window.evaluate(async ([name, value]) => {
    const answer = await globalThis.window.instruire.call(name as string, value);
    return answer.ok ? 'ok' : answer.error.code;
  }, [channel, input] as const);
}

test('a new agent changes his temporary password, then sees what his role allows and nothing else', async () => {
  const password = await createAccount('Sacha Moreau', 'sacha', 'Agent instructeur');
  await signOut(window);
  await signIn(window, 'sacha', password);
  await expect(menu()).toBeHidden();
  await window.getByRole('textbox', { name: 'Nouveau mot de passe' }).fill(ownPassword);
  await window.getByRole('button', { name: 'Se connecter' }).click();
  await expect(menu()).toBeVisible();
  expect(await menuEntries()).not.toContain('Agents');

  await goTo(window, 'Habilitations');
  const first = window.getByRole('list', { name: 'Habilitations' }).getByRole('button').first();
  await expect(first).toBeVisible();
  await expect(window.getByRole('button', { name: 'Nouvelle habilitation' })).toHaveCount(0);
  await first.click();
  await expect(window.getByRole('region', { name: 'Vos droits' })).toBeVisible();
  await expect(window.getByLabel(/^Coller le jeton/)).toHaveCount(0);
  await expect(window.getByRole('button', { name: /Jeton compromis/ })).toHaveCount(0);

  expect(await codeOf('agents.list', undefined)).toBe('forbidden');
  expect(await codeOf('habilitations.stopToken', { id: 'x' })).toBe('forbidden');
});

test('an auditor reaches no company data', async () => {
  const password = await createAccount('Dominique Petit', 'dpo', 'Auditeur (DPO)');
  await signOut(window);
  await signInFirstTime('dpo', password);
  const entries = await menuEntries();
  for (const hidden of ['Dossiers', 'Habilitations', 'Agents', 'Premiers pas', 'Quota']) expect(entries).not.toContain(hidden);
  await expect(window.getByRole('searchbox')).toHaveCount(0);
  expect(await codeOf('dossiers.list', {})).toBe('forbidden');
  expect(await codeOf('search.companies', { text: 'vallon' })).toBe('forbidden');
});

test('the last responsable stays one, and a suspended account opens nothing', async () => {
  const password = await createAccount('Sacha Moreau', 'sacha', 'Agent instructeur');
  await window.getByRole('button', { name: `Actions sur le compte de ${firstAccount.displayName}` }).click();
  await window.getByRole('menuitem', { name: 'Suspendre le compte' }).click();
  await window.getByRole('button', { name: 'Suspendre', exact: true }).click();
  await expect(window.getByRole('dialog').getByRole('alert')).toContainText('dernier responsable');
  await window.getByRole('button', { name: 'Annuler' }).click();

  await window.getByRole('button', { name: `Actions sur le compte de ${firstAccount.displayName}` }).click();
  await window.getByRole('menuitem', { name: /Auditeur/ }).click();
  await window.getByRole('button', { name: /^Passer en/ }).click();
  await expect(window.getByRole('dialog').getByRole('alert')).toContainText('dernier responsable');
  await window.getByRole('button', { name: 'Annuler' }).click();

  await window.getByRole('button', { name: 'Actions sur le compte de Sacha Moreau' }).click();
  await window.getByRole('menuitem', { name: 'Suspendre le compte' }).click();
  await window.getByRole('button', { name: 'Suspendre', exact: true }).click();
  await expect(window.getByRole('row', { name: 'Sacha Moreau' })).toContainText('Suspendu');
  await signOut(window);
  await signIn(window, 'sacha', password);
  await expect(window.getByRole('alert').filter({ hasText: 'suspendu' })).toBeVisible();
  await expect(menu()).toBeHidden();
});

test('a forgotten password is replaced by a temporary one, handed over by a responsable', async () => {
  const first = await createAccount('Sacha Moreau', 'sacha', 'Agent instructeur');
  await window.getByRole('button', { name: 'Actions sur le compte de Sacha Moreau' }).click();
  await window.getByRole('menuitem', { name: 'Réinitialiser le mot de passe' }).click();
  await window.getByRole('button', { name: 'Réinitialiser', exact: true }).click();
  const second = await window.locator('[aria-label="Mot de passe provisoire"]').innerText();
  await window.getByRole('button', { name: 'J’en ai pris note' }).click();
  await signOut(window);
  await signIn(window, 'sacha', first);
  await expect(window.getByRole('alert').filter({ hasText: 'incorrect' })).toBeVisible();
  await signInFirstTime('sacha', second);
});

test('a locked session shows nothing, and its agent finds his screen again', async () => {
  await createDossier(window, { title: 'Toiture de la mairie', object: 'MAPA-7' });
  await window.getByRole('button', { name: /^Compte de/ }).click();
  await window.getByRole('menuitem', { name: 'Verrouiller' }).click();
  await expect(window.getByRole('heading', { name: 'Session verrouillée' })).toBeVisible();
  expect(await window.locator('body').innerText()).not.toContain('Toiture de la mairie');
  expect(await codeOf('dossiers.list', {})).toBe('not_signed_in');

  await window.getByRole('textbox', { name: 'Mot de passe' }).fill('un mot de passe qui est faux');
  await window.getByRole('button', { name: 'Déverrouiller' }).click();
  await expect(window.getByRole('alert').filter({ hasText: 'incorrect' })).toBeVisible();
  await window.getByRole('textbox', { name: 'Mot de passe' }).fill(firstAccount.password);
  await window.getByRole('button', { name: 'Déverrouiller' }).click();
  await expect(window.getByRole('heading', { name: 'Toiture de la mairie', level: 1 })).toBeVisible();
});

test('signing out clears the screen and the memory of the window', async () => {
  await createDossier(window, { title: 'Toiture de la mairie', object: 'MAPA-7' });
  await addCompany(window, 'vallon bleu');
  await signOut(window);
  const left = await window.evaluate(() => document.documentElement.outerHTML);
  for (const gone of ['VALLON BLEU', 'Toiture de la mairie', firstAccount.displayName]) expect(left).not.toContain(gone);
  await signIn(window, firstAccount.login, firstAccount.password);
  await expect(window.getByRole('heading', { name: `Bonjour ${firstAccount.displayName}` })).toBeVisible();
});

test('a second factor is set up, asked for, and replaced once by a recovery code', async () => {
  await window.getByRole('button', { name: /^Compte de/ }).click();
  await window.getByRole('menuitem', { name: 'Mon compte' }).click();
  await window.getByRole('button', { name: 'Activer le second facteur' }).click();
  await expect(window.getByRole('img', { name: /Code QR/ })).toBeVisible();
  const key = (await window.getByLabel('Clé à saisir').innerText()).replace(/\s/g, '');
  const totp = new TOTP({ secret: Secret.fromBase32(key), algorithm: 'SHA1', digits: 6, period: 30 });
  await window.getByLabel(/Code à six chiffres/).fill('000000');
  await window.getByRole('button', { name: 'Vérifier et activer' }).click();
  await expect(window.getByLabel(/Code à six chiffres/)).toHaveAttribute('aria-invalid', 'true');
  await window.getByLabel(/Code à six chiffres/).fill(totp.generate());
  await window.getByRole('button', { name: 'Vérifier et activer' }).click();
  const items = window.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem');
  await expect(items).toHaveCount(10);
  const codes = await items.allInnerTexts();
  expect(new Set(codes).size).toBe(10);
  await window.getByRole('button', { name: 'J’ai noté mes codes' }).click();
  await expect(window.getByText(codes[0] ?? '')).toHaveCount(0);

  for (const accepted of [true, false]) {
    await signOut(window);
    await signIn(window, firstAccount.login, firstAccount.password);
    await window.getByLabel('Code de vérification').fill(codes[0] ?? '');
    await window.getByRole('button', { name: 'Se connecter' }).click();
    if (accepted) await expect(menu()).toBeVisible();
    else await expect(window.getByRole('alert').filter({ hasText: 'Ce code n’est pas valable' })).toBeVisible();
    if (!accepted) await expect(menu()).toBeHidden();
  }
});

test('each person changes his own password, and the former one no longer opens', async () => {
  await window.getByRole('button', { name: /^Compte de/ }).click();
  await window.getByRole('menuitem', { name: 'Mon compte' }).click();
  await window.getByLabel('Mot de passe actuel', { exact: true }).fill(firstAccount.password);
  await window.getByLabel('Nouveau mot de passe', { exact: true }).fill('court');
  await window.getByLabel('Nouveau mot de passe, encore une fois', { exact: true }).fill('court');
  await window.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(window.getByText(/au moins 12 caractères/)).toBeVisible();
  await window.getByLabel('Nouveau mot de passe', { exact: true }).fill(ownPassword);
  await window.getByLabel('Nouveau mot de passe, encore une fois', { exact: true }).fill(ownPassword);
  await window.getByRole('button', { name: 'Changer le mot de passe' }).click();
  await expect(window.getByText('Mot de passe changé')).toBeVisible();
  await signOut(window);
  await signIn(window, firstAccount.login, ownPassword);
  await expect(menu()).toBeVisible();
});
