import { expect, test } from '@playwright/test';

import { accessibilityFaults } from '../support/accessibility';
import { discardApp } from '../support/app';
import { addCompany, card, consultAll, createDossier, goTo, launchWithAccount } from '../support/steps';

test('an answer that comes in two days is a reminder, on the dossier and on the home screen', async () => {
  const running = await launchWithAccount();
  const { window } = running;
  await createDossier(window, { title: 'Nettoyage des écoles', object: 'MAPA-2026-021' });
  await addCompany(window, 'SERVICES ROQUESSOLIS');
  await consultAll(window);

  const reminders = window.getByRole('region', { name: 'À refaire' });
  await goTo(window, 'Accueil');
  await expect(reminders).toContainText(/À refaire le \d{2}\/\d{2}\/\d{4}/);
  await expect(reminders).toContainText('Nettoyage des écoles');
  expect(await accessibilityFaults(window)).toEqual([]);
  await reminders.getByRole('button', { name: /^Attestation de vigilance/ }).click();
  await expect(card(window, 'Attestation de vigilance')).toBeVisible();

  await window.getByRole('button', { name: 'Nettoyage des écoles' }).first().click();
  await expect(reminders).not.toContainText('Nettoyage des écoles');
  await reminders.getByRole('button', { name: /^Retirer le rappel/ }).click();
  await expect(reminders).toBeHidden();
  await expect(window.getByRole('heading', { level: 1 })).toBeFocused();
  await window.getByRole('button', { name: 'Annuler' }).click();
  await expect(reminders).toContainText(/À refaire le/);
  await discardApp(running);
});
