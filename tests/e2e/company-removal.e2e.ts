import { expect, test } from '@playwright/test';

import { discardApp } from '../support/app';
import * as steps from '../support/steps';

test('a company taken out of a dossier by mistake is put back', async () => {
  const running = await steps.launchWithAccount();
  const { window } = running;
  await steps.createDossier(window, { title: 'Réfection de la toiture', object: 'MAPA-2026-021' });
  await steps.addCompany(window, 'Atelier');
  await window.getByRole('navigation', { name: 'Fil d’Ariane' }).getByRole('button', { name: 'Réfection de la toiture' }).click();
  await window.getByRole('button', { name: /^Retirer .* du dossier$/ }).click();
  await expect(window.getByText(/^Aucune entreprise pour l’instant/)).toBeVisible();
  await window.getByRole('button', { name: 'Remettre' }).click();
  await expect(window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('listitem')).toHaveCount(1);
  await discardApp(running);
});

test('a dossier archived by mistake is closed again, and no more than that', async () => {
  const running = await steps.launchWithAccount();
  const { window } = running;
  await steps.createDossier(window, { title: 'Réfection de la toiture', object: 'MAPA-2026-021' });
  const more = window.getByRole('button', { name: 'Autres actions sur le dossier' });
  await more.click();
  await window.getByRole('menuitem', { name: /^Clore/ }).click();
  await window.getByRole('dialog', { name: 'Clore le dossier' }).getByRole('button', { name: /^Clore/ }).click();
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await more.click();
  await window.getByRole('menuitem', { name: 'Archiver' }).click();
  await expect(window.getByText('Archivé', { exact: true })).toBeVisible();
  await window.getByRole('button', { name: 'Annuler' }).click();
  await expect(window.getByText('Clos', { exact: true })).toBeVisible();
  await discardApp(running);
});
