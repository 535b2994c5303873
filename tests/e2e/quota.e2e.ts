import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import * as steps from '../support/steps';

let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await steps.launchWithAccount();
});

test.afterAll(() => discardApp(running));

test('before the first call the panel says what it will show', async () => {
  await steps.goTo(running.window, 'Quota');
  await expect(running.window.getByRole('heading', { name: 'Aucun appel pour l’instant' })).toBeVisible();
});

test('the cost of many calls is said before they start', async () => {
  const { window } = running;
  await steps.createDossier(window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await steps.addCompany(window, 'Atelier');
  await window.getByRole('button', { name: /Tout consulter/ }).click();
  const dialog = window.getByRole('dialog', { name: 'Tout consulter' });
  await expect(dialog.getByRole('status')).toContainText(/^\d+ appels sur le quota de l’habilitation\s: le quota permet de les envoyer tout de suite\.$/);
  await dialog.getByRole('button', { name: 'Annuler' }).click();
});

test('each pool shows what is used, what is left and when it opens again', async () => {
  const { window } = running;
  await steps.consultAll(window);
  await steps.goTo(window, 'Quota');
  const token = window.getByRole('region', { name: /Bac à sable/ });
  const meter = token.getByRole('meter', { name: /^Quota\s: Données$/ });
  await expect(meter).toHaveAttribute('aria-valuetext', /^\d+ utilisés? · \d+ restants? sur 250$/);
  await expect(meter).toHaveAttribute('aria-valuemax', '250');
  await expect(token.getByText(/\d+ utilisés? · \d+ restants? sur 250/)).toBeVisible();
  await expect(token.getByText(/Remise à zéro dans \d+|Minute nouvelle/).first()).toBeVisible();
  await expect(window.getByRole('button', { name: /^Quota : / })).toBeVisible();
});
