import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { ask, firstDossierId } from '../support/dialogs/dialog';
import { menu, openDossier } from '../support/screens';
import * as steps from '../support/steps';

const companies = [['299028209', 'Ateliers du Vallon Bleu'], ['299031112', 'Routes et ponts du pays imaginaire'], ['299029173', 'Logiciels de la Fausse Rivière']] as const;

let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await steps.launchWithAccount();
});

test.afterAll(() => discardApp(running));

test('after a company is taken out, the focus goes on to the next one, the one before, then the heading, and stays there once undone', async () => {
  const { window } = running;
  await steps.createDossier(window, { title: 'Réfection de la toiture', object: 'MAPA-2026-021' });
  const id = await firstDossierId(window);
  for (const [identifier, name] of companies) {
    await ask(window, 'dossiers.addCompany', { id, identifier, siret: null, name, role: 'candidat' });
  }
  await openDossier(window);
  const removals = window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button', { name: /^Retirer .* du dossier$/ });
  await expect(removals).toHaveCount(3);
  await removals.nth(1).press('Enter');
  await expect(removals).toHaveCount(2);
  await expect(removals.nth(1)).toBeFocused();
  await removals.nth(1).press('Enter');
  await expect(removals).toHaveCount(1);
  await expect(removals.first()).toBeFocused();
  await removals.first().press('Enter');
  await expect(removals).toHaveCount(0);
  const heading = window.getByRole('heading', { name: 'Entreprises', exact: true });
  await expect(heading).toBeFocused();
  await window.getByRole('button', { name: 'Remettre' }).last().press('Enter');
  await expect(removals).toHaveCount(1);
  await expect(heading).toBeFocused();
});

test('after a piece is removed from a list, the focus goes on to the next piece', async () => {
  const { window } = running;
  await menu(window, 'Réglages');
  await window.getByRole('region', { name: 'Listes de pièces' }).getByRole('button', { name: 'Ouvrir' }).click();
  const removals = window.getByRole('list', { name: 'Pièces demandées' }).getByRole('button', { name: /^Retirer .* de la liste$/ });
  const second = await removals.nth(1).getAttribute('aria-label');
  await removals.first().press('Enter');
  await expect(removals.first()).toHaveAttribute('aria-label', second ?? '');
  await expect(removals.first()).toBeFocused();
});
