import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { ask, firstDossierId } from '../support/dialogs/dialog';
import { menu, openDocuments, openDossier, openHabilitation } from '../support/screens';
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

test('after a document handed over is removed, the focus goes on to the next one, then to the heading', async () => {
  const { window } = running;
  for (const name of ['premier.pdf', 'second.pdf']) {
    await openDocuments(window);
    await steps.supplyPdf(window, name, steps.emptyPdf);
    await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible();
  }
  await openDocuments(window);
  const removals = window.getByRole('button', { name: /^Retirer : / });
  await expect(removals).toHaveCount(2);
  const second = (await removals.nth(1).getAttribute('aria-label')) ?? '';
  await removals.first().press('Enter');
  await window.getByRole('dialog').getByRole('button', { name: 'Retirer', exact: true }).press('Enter');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(removals).toHaveCount(1);
  await expect(window.getByRole('button', { name: second })).toBeFocused();
  await removals.first().press('Enter');
  await window.getByRole('dialog').getByRole('button', { name: 'Retirer', exact: true }).press('Enter');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(removals).toHaveCount(0);
  await expect(window.getByRole('heading', { name: 'Fournis par les entreprises' })).toBeFocused();
});

test('after a tag is removed, from the keyboard or with the mouse, the focus is in its field', async () => {
  const { window } = running;
  await openDossier(window);
  await window.getByRole('main').getByRole('button', { name: 'Modifier', exact: true }).press('Enter');
  const tags = window.getByRole('dialog').getByLabel('Étiquettes').locator('visible=true').last();
  for (const tag of ['Travaux', 'Urgent', 'Voirie']) {
    await tags.fill(tag);
    await tags.press('Enter');
  }
  await tags.press('Backspace');
  await expect(window.getByRole('dialog').getByText('Voirie', { exact: true })).toHaveCount(0);
  await expect(tags).toBeFocused();
  await window.getByRole('dialog').locator('.mantine-Pill-root').filter({ hasText: 'Travaux' }).locator('button').click();
  await expect(window.getByRole('dialog').getByText('Travaux', { exact: true })).toHaveCount(0);
  await expect(tags).toBeFocused();
  await window.getByRole('dialog').getByRole('button', { name: 'Annuler' }).press('Enter');
  await expect(window.getByRole('dialog')).toHaveCount(0);
});

test('after a member is taken off a habilitation, the focus stays on the box that took him off', async () => {
  const { window } = running;
  await openHabilitation(window);
  const member = window.getByRole('list', { name: 'Agents de l’habilitation' }).getByRole('checkbox').first();
  await expect(member).toBeChecked();
  await member.press('Space');
  await expect(member).not.toBeChecked();
  await expect(member).toBeEnabled();
  await expect(member).toBeFocused();
  await member.press('Space');
  await expect(member).toBeChecked();
  await expect(member).toBeFocused();
});

test('after a token is stopped, the focus goes to the nearest control that still serves', async () => {
  const { window } = running;
  await openHabilitation(window);
  const stop = window.getByRole('button', { name: 'Jeton compromis…' });
  await stop.press('Enter');
  await window.getByRole('button', { name: 'Arrêter ce jeton' }).press('Enter');
  await window.getByRole('dialog').getByRole('button', { name: 'Fermer', exact: true }).press('Enter');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(stop).toBeDisabled();
  await expect(window.getByRole('main').locator('button:focus, input:focus')).toHaveCount(1);
});

test('a press on an empty place lets go of the control that had the focus', async () => {
  const { window } = running;
  await openDossier(window);
  const removal = window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button', { name: /^Retirer .* du dossier$/ }).first();
  await removal.focus();
  const empty = await window.evaluate(() => {
    const across = Array.from({ length: Math.floor(innerWidth / 20) }, (_, index) => index * 20 + 10);
    const down = Array.from({ length: Math.floor(innerHeight / 10) }, (_, index) => index * 10 + 5);
    // Whatever takes the focus, or hands it on, is no empty place.
    const isEmpty = (x: number, y: number): boolean => document.elementFromPoint(x, y)?.closest('a, button, input, select, textarea, label, summary, iframe, [tabindex], [contenteditable]') === null;
    return down.flatMap((y) => across.map((x) => ({ x, y }))).find(({ x, y }) => isEmpty(x, y));
  });
  if (empty === undefined) throw new Error('there is no empty place on this screen');
  await window.mouse.click(empty.x, empty.y);
  await removal.evaluate((button) => button.remove());
  await window.evaluate(() => new Promise((done) => setTimeout(done)));
  expect(await window.evaluate(() => document.activeElement === document.body)).toBe(true);
});

test('a button whose own work goes on while a dialog closes finds the focus again, and its neighbour does not take it', async () => {
  const { window } = running;
  await menu(window, 'Accueil');
  // Drawn by hand: no screen is at once so slow and so quick.
  const focused = await window.evaluate(async () => {
    const main = document.querySelector('main');
    const made = (text: string): HTMLButtonElement => Object.assign(document.createElement('button'), { textContent: text });
    const [working, neighbour] = [made('travaille'), made('voisin')];
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    main?.append(working, neighbour, dialog);
    working.focus();
    working.dataset['loading'] = 'true';
    working.disabled = true;
    working.blur();
    dialog.remove();
    const later = () => new Promise((resolve) => setTimeout(resolve, 100));
    await later();
    delete working.dataset['loading'];
    working.disabled = false;
    await later();
    const text = document.activeElement?.textContent;
    working.remove();
    neighbour.remove();
    return text;
  });
  expect(focused).toBe('travaille');
});
