import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { createDossier, goTo, launchWithAccount } from '../support/steps';

let running: RunningApp;

test.beforeEach(async () => {
  running = await launchWithAccount();
  await createDossier(running.window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
});

test.afterEach(() => discardApp(running));

test('an agent who has no number finds a company by its place and its activity, with the keyboard alone', async () => {
  const { window } = running;
  await goTo(window, 'Rechercher');
  await expect(window.getByText('Aucune entreprise consultée pour l’instant')).toBeVisible();
  const results = window.getByRole('table', { name: 'Entreprises trouvées' });
  await window.getByLabel('Code postal ou département').fill('2100');
  await expect(window.getByText('Un code postal compte cinq chiffres.')).toBeVisible();
  await window.getByLabel('Code postal ou département').fill('21');
  await window.getByRole('combobox', { name: 'Secteur d’activité' }).fill('constr');
  await window.getByRole('option', { name: /Construction/ }).click();
  await expect(results.getByRole('row', { name: /VALLON BLEU 299.028.209 21000 DIJON 43.32A Construction 20 à 49 salariés Active/ })).toBeVisible();
  await window.getByLabel('Nom, adresse ou numéro').focus();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await window.getByRole('dialog').getByRole('button', { name: 'Rénovation de l’école du centre' }).press('Enter');
  await expect(window.getByRole('heading', { name: 'ATELIERS DU VALLON BLEU', level: 1 })).toBeVisible();
  await window.keyboard.press('Alt+ArrowLeft');
  await expect(results.getByRole('row', { name: /VALLON BLEU/ })).toBeVisible();
  await window.getByRole('button', { name: 'Effacer les critères' }).click();
  await expect(window.getByRole('list').getByRole('button', { name: /VALLON BLEU.*Rénovation de l’école/ })).toBeVisible();
});

test('results come page by page, and coming from a dossier they are for it', async () => {
  const { window } = running;
  await window.getByRole('combobox', { name: 'Rechercher une entreprise' }).or(window.getByLabel('Rechercher une entreprise')).first().fill('introuvable');
  await window.getByRole('option', { name: /Chercher autrement/ }).click();
  await window.getByLabel('Nom, adresse ou numéro').fill('');
  await window.getByRole('combobox', { name: 'État' }).click();
  await window.getByRole('option', { name: 'En activité' }).click();
  const lines = window.getByRole('table', { name: 'Entreprises trouvées' }).getByRole('row');
  await expect(lines).toHaveCount(21);
  await expect(window.getByText(/entreprises, dont les 20 premières ci-dessous/)).toBeVisible();
  await window.getByRole('button', { name: 'Voir plus' }).click();
  await expect(window.getByText(/^\d+ entreprises\.$/)).toBeVisible();
  await lines.nth(1).getByRole('button').click();
  await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
});

test('a pasted VAT number is understood as it is typed, and a wrong one is told', async () => {
  const { window } = running;
  const field = window.getByLabel('Ajouter une entreprise');
  await field.fill('fr 13 299-028-209');
  await expect(window.getByText(/La clé 13 de ce numéro de TVA ne correspond pas/)).toBeVisible();
  await field.fill(`fr ${vatKey('299028209')} 299.028.209`);
  await expect(window.getByText(/Numéro de TVA, clé vérifiée\s: SIREN 299.028.209/)).toBeVisible();
  await window.getByRole('option', { name: /VALLON BLEU/ }).click();
  await expect(window.getByRole('heading', { name: 'ATELIERS DU VALLON BLEU', level: 1 })).toBeVisible();
});

test('the top bar offers the companies seen last as soon as it has the focus', async () => {
  const { window } = running;
  const sheet = window.getByRole('heading', { name: 'ATELIERS DU VALLON BLEU', level: 1 });
  await window.getByLabel('Ajouter une entreprise').fill('299 028 209');
  await window.getByRole('option', { name: /VALLON BLEU/ }).click();
  await expect(sheet).toBeVisible();
  await goTo(window, 'Accueil');
  await expect(sheet).toBeHidden();
  await window.getByRole('combobox', { name: 'Rechercher une entreprise' }).or(window.getByLabel('Rechercher une entreprise')).first().focus();
  await expect(window.getByRole('option', { name: /VALLON BLEU.*Rénovation de l’école/s })).toBeVisible();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await expect(sheet).toBeVisible();
});

test('the palette reaches a company that is in no dossier yet, by its name or its SIREN', async () => {
  const { window } = running;
  for (const typed of ['amis du phare', '299 028 209']) {
    await goTo(window, 'Accueil');
    await window.keyboard.press('Control+K');
    await window.getByRole('combobox', { name: /Aller à un écran/ }).fill(typed);
    await window.getByRole('dialog').getByRole('option', { name: /PHARE|VALLON/ }).first().click();
    await window.getByRole('dialog', { name: 'Pour quel dossier ?' }).getByRole('button', { name: /^Rénovation/ }).click();
    await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
  }
});

function vatKey(siren: string): string {
  return String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0');
}
