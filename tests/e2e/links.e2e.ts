import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { expect, test } from '@playwright/test';

import { discardApp, electronCommand, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { madeUpSirens } from '../support/sirens';
import * as steps from '../support/steps';

const [siren = ''] = madeUpSirens(900_000_001, 1);

let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await steps.launchWithAccount();
});

test.afterAll(() => discardApp(running));

/** As the system does when a link is followed: a second start, which gives its arguments over and ends. */
async function follow(...args: readonly string[]): Promise<void> {
  const { executable, args: command, env } = await electronCommand({ userData: running.userData, args });
  await once(spawn(executable, command, { env, stdio: 'ignore' }), 'exit');
}

test('a link fills the search of the window that is open, and asks nothing', async () => {
  const { window } = running;
  await follow(`instruire://siren/${siren}`);
  await expect(window.getByText('Numéro reçu d’un autre programme')).toBeVisible();
  await expect(window.getByRole('searchbox', { name: 'Nom, adresse ou numéro' })).toHaveValue(siren);
  expect(running.app.windows()).toHaveLength(1);
  await expect(window.getByRole('region', { name: 'Résultats' })).toHaveCount(0);
});

test('hostile links change nothing of what is shown', async () => {
  const { window } = running;
  await steps.goTo(window, 'Accueil');
  const heading = window.getByRole('heading', { name: `Bonjour ${steps.firstAccount.displayName}`, level: 1 });
  await expect(heading).toBeVisible();
  await follow(`instruire://consulter/${siren}`);
  await follow(`instruire://siren/${siren}?x=1`);
  await follow(`instruire://siren/${siren}`, `instruire://siren/${siren}`);
  await expect(heading).toBeVisible();
  // A good one afterwards proves that the others had been received.
  await follow(`instruire://siret/99900012800010`);
  await expect(window.getByRole('searchbox', { name: 'Nom, adresse ou numéro' })).toHaveValue('99900012800010');
});

test('a link followed before the sign-in waits for it', async () => {
  const { window } = running;
  await steps.signOut(window);
  await follow(`instruire://siren/${siren}`);
  await expect(window.getByText('Numéro reçu d’un autre programme')).toHaveCount(0);
  await steps.signIn(window, steps.firstAccount.login, steps.firstAccount.password);
  await expect(window.getByText('Numéro reçu d’un autre programme')).toBeVisible();
});

test('the report of a problem is saved once it has been read', async () => {
  const { window } = running;
  await window.getByRole('button', { name: /^Compte de/ }).click();
  await window.getByRole('menuitem', { name: 'Signaler un problème' }).click();
  await window.getByRole('button', { name: 'Préparer le rapport' }).click();
  const text = window.getByRole('region', { name: 'Texte du rapport' });
  await expect(text).toContainText('VERSIONS');
  await text.press('End');
  await text.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(window.getByRole('button', { name: 'Enregistrer…' })).toBeDisabled();
  await window.getByRole('checkbox', { name: 'J’ai lu tout le rapport' }).check();
  await steps.answerSaveDialog(running, `${running.userData}/rapport.txt`);
  await window.getByRole('button', { name: 'Enregistrer…' }).click();
  await expect(window.getByText('Rapport enregistré')).toBeVisible();
});

test('the window opens where it was', async () => {
  const bounds = { x: 40, y: 50, width: 1000, height: 640 };
  await running.app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds);
  await running.close();
  running = await launchApp({ userData: running.userData });
  await waitUntilReady(running.window);
  const size = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(size).toEqual(bounds);
});
