import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import * as steps from '../support/steps';

let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await steps.launchWithAccount();
  await steps.createDossier(running.window, { title: 'Réfection de la toiture', object: 'MAPA-2026-021' });
});

test.afterAll(() => discardApp(running));

test('locking hides the work, and unlocking gives it back where it was', async () => {
  const { window } = running;
  await window.getByRole('button', { name: /^Compte de/ }).click();
  await window.getByRole('menuitem', { name: 'Verrouiller' }).click();
  await expect(window.getByRole('heading', { name: 'Session verrouillée' })).toBeVisible();
  await expect(window.getByText('Réfection de la toiture')).toHaveCount(0);
  const refused = await window.evaluate(() => globalThis.instruire.call('dossiers.list', {}));
  expect(refused).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
  await window.getByRole('textbox', { name: 'Mot de passe' }).fill(steps.firstAccount.password);
  await window.getByRole('button', { name: 'Déverrouiller' }).click();
  await expect(window.getByRole('heading', { name: 'Réfection de la toiture', level: 1 })).toBeVisible();
});

for (const event of ['lock-screen', 'suspend'] as const) {
  test(`the system’s own ${event} locks the session too`, async () => {
    const { window } = running;
    await running.app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);
    await expect(window.getByRole('heading', { name: 'Session verrouillée' })).toBeVisible();
    await expect(window.getByText('Réfection de la toiture')).toHaveCount(0);
    await window.getByRole('textbox', { name: 'Mot de passe' }).fill(steps.firstAccount.password);
    await window.getByRole('button', { name: 'Déverrouiller' }).click();
    await expect(window.getByRole('heading', { name: 'Réfection de la toiture', level: 1 })).toBeVisible();
  });
}

test('signing out clears the screen for the next agent', async () => {
  const { window } = running;
  await steps.signOut(window);
  await expect(window.getByText('Réfection de la toiture')).toHaveCount(0);
  await expect(window.getByLabel('Identifiant')).toHaveValue('');
  await steps.signIn(window, steps.firstAccount.login, steps.firstAccount.password);
  await expect(window.getByRole('heading', { name: `Bonjour ${steps.firstAccount.displayName}` })).toBeVisible();
});

test('a wrong password is refused in words, then makes one wait', async () => {
  const { window } = running;
  await steps.signOut(window);
  await steps.signIn(window, steps.firstAccount.login, 'un autre mot de passe');
  await expect(window.getByRole('alert')).toContainText(/mot de passe/i);
  await expect(window.getByRole('navigation', { name: 'Menu principal' })).toHaveCount(0);
  // Whoever guesses is slowed down, the right password included.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await window.getByRole('button', { name: 'Se connecter' }).click();
    await expect(window.getByRole('button', { name: 'Se connecter' })).toBeEnabled();
  }
  await expect(window.getByRole('alert')).toContainText(/seconde/);
  lengthenWait();
  await window.getByRole('textbox', { name: 'Mot de passe' }).fill(steps.firstAccount.password);
  await window.getByRole('button', { name: 'Se connecter' }).click();
  await expect(window.getByRole('alert')).toContainText(/patientez \d{3}\s*secondes/);
  await expect(window.getByRole('navigation', { name: 'Menu principal' })).toHaveCount(0);
});

/** As after an evening of guesses: the two seconds of the first ones may be over before a slow machine has typed again. */
function lengthenWait(): void {
  const database = new DatabaseSync(join(running.userData, 'instruire.db'), { timeout: 5_000 });
  database.prepare('UPDATE sign_in_failures SET count = 11').run();
  database.close();
}
