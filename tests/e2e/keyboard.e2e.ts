import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { pressOn, tabTo } from '../support/keyboard';
import { furnish, menu, openDocuments, openDossier } from '../support/screens';
import { answerSaveDialog } from '../support/steps';

/** Once the screen is reached, the mouse is not touched any more. */
let running: RunningApp;

test.beforeAll(async () => {
  running = await launchApp();
  await waitUntilReady(running.window);
  await furnish(running.window);
});

test.afterAll(() => discardApp(running));

/** Where the system’s « save as » dialog, which no test can use, is answered. */
async function saveAt(fileName: string): Promise<string> {
  const path = join(running.userData, fileName);
  await answerSaveDialog(running, path);
  return path;
}

test('a dossier is exported as a ZIP from the keyboard alone', async () => {
  const { window } = running;
  await openDossier(window);
  const path = await saveAt('dossier.zip');
  await pressOn(window, window.getByRole('button', { name: 'Exporter', exact: true }));
  await expect(window.getByRole('menuitem', { name: 'Archive ZIP' })).toBeFocused();
  await window.keyboard.press('ArrowDown');
  await expect(window.getByRole('menuitem', { name: 'Grille Excel' })).toBeFocused();
  await window.keyboard.press('ArrowUp');
  await window.keyboard.press('Enter');
  await expect.poll(() => existsSync(path)).toBe(true);
  expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');
});

test('a missing piece is read, then its letter written and saved, from the keyboard alone', async () => {
  const { window } = running;
  await openDossier(window);
  await expect(window.getByRole('button', { name: /^Courrier à / }).first()).toBeVisible();
  const piece = window.getByRole('button', { name: /^Régularité fiscale, / }).first();
  const cells = window.getByRole('grid', { name: 'Pièces par entreprise' }).getByRole('button');
  await tabTo(window, cells.first());
  await expect(async () => {
    await window.keyboard.press('ArrowDown');
    expect(await piece.evaluate((element) => element === document.activeElement)).toBe(true);
  }).toPass();
  await window.keyboard.press('Enter');
  await expect(window.getByText('Pièce envoyée par la structure')).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(piece).toBeFocused();
  await window.keyboard.press('Control+End');
  const letter = cells.last();
  await expect(letter).toBeFocused();
  await expect(letter).toHaveAccessibleName(/^Courrier à /);
  await window.keyboard.press('Enter');
  await expect(window.getByLabel('Texte du courrier')).toHaveValue(/\S/);
  const path = await saveAt('courrier.txt');
  await pressOn(window, window.getByRole('button', { name: /^Enregistrer en texte/ }));
  await expect.poll(() => existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain('MAPA-2026-014');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(letter).toBeFocused();
});

test('the history is filtered and exported from the keyboard alone', async () => {
  const { window } = running;
  await menu(window, 'Accueil');
  await window.keyboard.press('?');
  const shortcut = window.getByRole('row').filter({ hasText: 'Historique' }).locator('kbd');
  await expect(shortcut).toHaveCount(2);
  const digit = await shortcut.nth(1).innerText();
  await window.keyboard.press('Escape');
  await window.keyboard.press(`Alt+${digit}`);
  await expect(window).toHaveTitle(/^Historique/);
  const rows = window.getByRole('table', { name: 'Historique' }).getByRole('row');
  await pressOn(window, window.getByRole('button', { name: /^Plus de filtres/ }));
  await tabTo(window, window.getByLabel('SIREN ou SIRET'));
  await window.keyboard.type('299028209');
  await expect(rows.filter({ hasText: /Compte créé|Session ouverte/ })).toHaveCount(0);
  await expect(rows.nth(1)).toBeVisible();
  const path = await saveAt('historique.csv');
  await pressOn(window, window.getByRole('button', { name: 'Exporter', exact: true }));
  await expect(window.getByRole('menuitem', { name: /^CSV/ })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect.poll(() => existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain('299028209');
});

test('a document is opened, leafed through, enlarged, searched, turned and closed from the keyboard alone', async () => {
  const { window } = running;
  await openDocuments(window);
  const found = window.getByRole('main').getByRole('status').filter({ hasText: /document/ });
  await tabTo(window, window.getByLabel('Filtrer'));
  await window.keyboard.type('introuvable');
  await expect(found).toHaveText(/^Aucun document ne correspond à «\sintrouvable\s»/);
  await window.keyboard.press('Control+a');
  await window.keyboard.press('Delete');
  await expect(found).toHaveText(/^\d+ documents?$/);
  const opener = window.getByRole('button', { name: /^Voir : / }).first();
  await pressOn(window, opener);
  const reader = window.getByRole('document', { name: /^Document de \d+ page/ });
  await expect(reader).toBeFocused();
  const tools = window.getByRole('toolbar', { name: 'Lecture du document' });
  const firstPage = window.getByRole('img', { name: 'Page 1', exact: true });
  await expect(firstPage).toBeVisible();
  await window.keyboard.press('End');
  await window.keyboard.press('Home');
  await expect(window.getByLabel('Numéro de page')).toHaveValue('1');
  const zoomed = tools.getByText(/^\d+\s%$/);
  const before = await zoomed.innerText();
  await window.keyboard.press('+');
  await expect(zoomed).not.toHaveText(before);
  await window.keyboard.press('0');
  await expect(zoomed).toHaveText(before);
  const upright = (await firstPage.boundingBox())?.width ?? 0;
  await window.keyboard.press('r');
  await expect.poll(async () => ((await firstPage.boundingBox())?.width ?? 0) !== upright).toBe(true);
  await window.keyboard.press('Control+f');
  await window.keyboard.type('attestation');
  await expect(tools.getByText(/^(\d+ sur \d+|aucun)$/)).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(reader).toHaveCount(0);
  await expect(opener).toBeFocused();
});

const others = () => running.window.getByRole('button', { name: 'Autres actions sur le dossier' });

/** One of the other acts on the dossier, by its menu. */
async function choose(name: RegExp): Promise<void> {
  const { window } = running;
  await pressOn(window, others());
  const item = window.getByRole('menuitem', { name });
  await expect(item).toBeVisible();
  await expect(async () => {
    await window.keyboard.press('ArrowDown');
    expect(await item.evaluate((element) => element === document.activeElement)).toBe(true);
  }).toPass();
  await window.keyboard.press('Enter');
}

test('a dossier is closed, archived, put back by the undo of its archiving, then opened again, from the keyboard alone', async () => {
  const { window } = running;
  await openDossier(window);
  const state = (word: string) => window.getByRole('main').getByText(word, { exact: true }).first();
  await choose(/^Clore…/);
  await pressOn(window, window.getByRole('dialog', { name: 'Clore le dossier' }).getByRole('button', { name: 'Clore le dossier' }));
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(state('Clos')).toBeVisible();
  await expect(others()).toBeFocused();
  await choose(/^Archiver/);
  await expect(state('Archivé')).toBeVisible();
  await pressOn(window, window.getByRole('status').filter({ hasText: 'Le dossier est archivé.' }).getByRole('button', { name: 'Annuler' }));
  await expect(state('Clos')).toBeVisible();
  await choose(/^Rouvrir/);
  await expect(state('En cours')).toBeVisible();
});

test('a dossier is made, given two companies in a row, gathered, then closed for the next one, from the keyboard alone', async () => {
  const { window } = running;
  await window.keyboard.press('Alt+2');
  await expect(window.getByRole('heading', { name: 'Dossiers', level: 1 })).toBeVisible();
  await pressOn(window, window.getByRole('button', { name: 'Nouveau dossier' }).first());
  await expect(window.getByLabel('Titre', { exact: true })).toBeFocused();
  await window.keyboard.type('Voirie du bourg');
  await tabTo(window, window.getByLabel('Objet', { exact: true }));
  await window.keyboard.type('MAPA-2026-050');
  await window.keyboard.press('Enter');
  const title = window.getByRole('heading', { name: 'Voirie du bourg', level: 1 });
  await expect(title).toBeVisible();
  const field = window.getByLabel('Ajouter une entreprise');
  await tabTo(window, field);
  for (const [rank, name] of ['ateliers du vallon bleu', 'propreté du miroir'].entries()) {
    await expect(field).toBeFocused();
    await window.keyboard.type(name);
    await expect(window.getByRole('option', { name: new RegExp(`^${name}`, 'i') })).toBeVisible();
    await window.keyboard.press('ArrowDown');
    await window.keyboard.press('Shift+Enter');
    await expect(window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('listitem')).toHaveCount(rank + 1);
    await expect(field).toHaveValue('');
  }
  await pressOn(window, window.getByRole('button', { name: /^Tout récupérer/ }));
  await expect(window.getByRole('button', { name: 'Lancer', exact: true })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  // Nothing is left to ask for: said before the beginning by no screen.
  await expect(window.getByRole('button', { name: 'Rien à récupérer' })).toBeVisible({ timeout: 90_000 });
  const cells = window.getByRole('grid', { name: 'Pièces par entreprise' }).getByRole('button');
  await window.keyboard.press('Tab');
  await expect(cells.first().or(window.getByRole('button', { name: /^Tout récupérer/ })).and(window.locator(':focus'))).toHaveCount(1);
  await choose(/^Clore…/);
  await pressOn(window, window.getByRole('dialog', { name: 'Clore le dossier' }).getByRole('button', { name: 'Clore et passer au suivant' }));
  await expect(title).toHaveCount(0);
  await expect(window.getByRole('main').getByText('En cours', { exact: true }).first()).toBeVisible();
});
