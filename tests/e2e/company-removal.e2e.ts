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
