import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type Locator, test } from '@playwright/test';

import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { blankPdf } from '../support/blank-pdf';
import { hasInk } from '../support/main-job';
import { addCompany, answerSaveDialog, card, consultAll, createDossier, firstAccount, goTo, launchWithAccount, signIn } from '../support/steps';

let running: RunningApp;

test.beforeEach(async () => {
  test.setTimeout(120_000);
  running = await launchWithAccount();
  await createDossier(running.window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await addCompany(running.window, 'vallon bleu');
  await consultAll(running.window);
});

test.afterEach(() => discardApp(running));

function actsAndAccounts(): Locator {
  return card(running.window, 'Actes et bilans');
}

async function choose(kind: 'Acte' | 'Bilan', count: number): Promise<void> {
  const boxes = actsAndAccounts().getByRole('checkbox', { name: new RegExp(`^Choisir : ${kind}`) });
  for (let rank = 0; rank < count; rank += 1) await boxes.nth(rank).check();
}

async function restart(whileClosed: (userData: string) => void = () => undefined): Promise<void> {
  const { userData } = running;
  await running.close();
  whileClosed(userData);
  running = await launchApp({ userData });
  await waitUntilReady(running.window);
  await signIn(running.window, firstAccount.login, firstAccount.password);
  await expect(running.window.getByRole('navigation', { name: 'Menu principal' })).toBeVisible();
}

async function openDocuments(): Promise<void> {
  const { window } = running;
  await goTo(window, 'Dossiers');
  await window.getByRole('list', { name: 'Dossiers' }).getByRole('button').first().click();
  await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
  await expect(window.getByRole('heading', { name: 'Documents', level: 1 })).toBeVisible();
}

test('three accounts and two deeds are chosen, cancelled, taken up again, and one that comes truncated is asked for again after a restart', async () => {
  const { sandbox } = running;
  await choose('Bilan', 3);
  await choose('Acte', 2);
  await sandbox('POST /faults', { path: '/proxy/', latencyMs: 20_000 });
  await actsAndAccounts().getByRole('button', { name: 'Télécharger la sélection (5)' }).click();
  await expect(actsAndAccounts().getByText('0 sur 5 reçu')).toBeVisible();
  await actsAndAccounts().getByRole('button', { name: 'Tout annuler' }).click();
  await expect(actsAndAccounts().getByRole('button', { name: 'Reprendre les 5' })).toBeVisible();
  await sandbox('DELETE /faults');
  await sandbox('POST /faults', { path: '/proxy/files/', effect: { kind: 'truncated_pdf' }, times: 1 });
  await actsAndAccounts().getByRole('button', { name: 'Reprendre les 5' }).click();
  await expect(actsAndAccounts().getByText('4 sur 5 reçus. Un document n’a pas été reçu : il dit pourquoi.')).toBeVisible({ timeout: 30_000 });
  await expect(actsAndAccounts().getByText(/sa fin manque/)).toBeVisible();
  await restart();
  await openDocuments();
  const wanted = running.window.getByRole('region', { name: 'Un document demandé n’a pas été reçu' });
  await expect(wanted).toBeVisible();
  await expect(running.window.getByRole('table', { name: 'Documents du dossier' }).getByRole('row')).toHaveCount(5);
  await wanted.getByRole('button', { name: /^Ne plus attendre : Acte/ }).click();
  await expect(wanted).toHaveCount(0);
  await running.window.getByRole('button', { name: 'Annuler', exact: true }).click();
  await expect(wanted).toBeVisible();
  await wanted.getByRole('button', { name: /^Reprendre : Acte/ }).click();
  await expect(wanted).toHaveCount(0, { timeout: 30_000 });
  await expect(running.window.getByRole('status').filter({ hasText: /^Document reçu\s: Acte/ })).toHaveCount(1);
  await expect(running.window.getByRole('table', { name: 'Documents du dossier' }).getByRole('row')).toHaveCount(6);
});

test('a document is read, searched, turned and printed from the keyboard, dragged out and saved under a name that files itself', async () => {
  const { window, app, userData } = running;
  await actsAndAccounts().getByRole('button', { name: /^Télécharger : Bilan/ }).first().click();
  await actsAndAccounts().getByRole('button', { name: /^Voir : / }).click();
  const firstPage = window.getByRole('img', { name: 'Page 1', exact: true });
  await expect.poll(() => hasInk(firstPage)).toBe(true);
  await expect(window.getByRole('navigation', { name: 'Vignettes' }).getByRole('button')).toHaveCount(3);
  await checkKeyboard(firstPage);
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('no window');
    contents.print = (_options, done) => done?.(true, '');
    contents.startDrag = ({ file }) => void Object.assign(globalThis, { draggedFile: file });
  });
  await window.keyboard.press('Control+p');
  await expect.poll(() => journalHas('Impression demandée, toutes ses pages (3)')).toBe(true);
  await window.getByTestId(/^drag-/).last().dispatchEvent('dragstart');
  const dragged = () => app.evaluate(() => (globalThis as { draggedFile?: string }).draggedFile ?? '');
  await expect.poll(dragged).toMatch(/\/\d{9}_[^/]+_bilan_\d{4}-\d{2}-\d{2}\.pdf$/);
  expect(readFileSync(await dragged()).subarray(0, 5).toString()).toBe('%PDF-');
  const saved = join(userData, 'bilan.pdf');
  await answerSaveDialog(running, saved);
  await window.getByRole('dialog').getByRole('button', { name: /^Enregistrer sous/ }).click();
  await expect.poll(() => existsSync(saved)).toBe(true);
  await window.getByRole('button', { name: 'Fermer le document' }).click();
  const copies = join(tmpdir(), `instruire-documents-${process.getuid?.() ?? 'poste'}`);
  expect(readdirSync(copies).length).toBeGreaterThan(0);
  await running.close();
  expect(existsSync(copies)).toBe(false);
});

test('of a document longer than what prints at once, the pages to print are chosen from the keyboard', async () => {
  const { window, app, sandbox } = running;
  await sandbox('POST /faults', { path: '/proxy/files/', effect: { kind: 'other_body', text: blankPdf(170) }, times: 1 });
  await actsAndAccounts().getByRole('button', { name: /^Télécharger : Bilan/ }).first().click();
  await actsAndAccounts().getByRole('button', { name: /^Voir : / }).click();
  await expect(window.getByRole('document', { name: 'Document de 170 pages' })).toBeFocused();
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('no window');
    contents.print = (_options, done) => {
      void contents.executeJavaScript('document.querySelectorAll(".print-pages img").length').then((count: number) => {
        Object.assign(globalThis, { printedPages: count });
        done?.(true, '');
      });
    };
  });
  await window.keyboard.press('Control+p');
  const choice = window.getByRole('dialog', { name: 'Pages à imprimer' });
  const first = choice.getByLabel('De la page');
  await expect(first).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(choice).toHaveCount(0);
  await expect(window.getByRole('document', { name: 'Document de 170 pages' })).toBeVisible();
  await window.getByRole('document', { name: 'Document de 170 pages' }).focus();
  await window.keyboard.press('Control+p');
  await expect(first).toBeFocused();
  await first.fill('1');
  await choice.getByLabel('à la page').fill('170');
  await expect(choice.getByRole('alert')).toContainText('jusqu’à la page 150');
  await expect(choice.getByRole('button', { name: 'Imprimer' })).toBeDisabled();
  await first.fill('151');
  await choice.getByLabel('à la page').press('Enter');
  const printed = () => app.evaluate(() => (globalThis as { printedPages?: number }).printedPages);
  await expect.poll(printed).toBe(20);
  expect(await journalHas('Impression demandée, pages 151 à 170 sur 170')).toBe(true);
});

test('the documents of a sheet come together: stopped, taken up again, and the one that is not a document is named while the others come', async () => {
  const { window, sandbox } = running;
  const fetchAll = window.getByRole('button', { name: 'Télécharger les 3 documents' });
  await sandbox('POST /faults', { path: '/proxy/', latencyMs: 20_000 });
  await fetchAll.press('Enter');
  await window.getByRole('button', { name: 'Tout annuler' }).click();
  const again = window.getByRole('button', { name: 'Reprendre les 3' });
  await expect(again).toBeVisible();
  await sandbox('DELETE /faults');
  await sandbox('POST /faults', { path: '/proxy/files/', effect: { kind: 'other_body', text: `%PDF-1.4 ${['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-')}! %%EOF` }, times: 1 });
  await again.click();
  await expect(window.getByText('2 sur 3 reçus. Un document n’a pas été reçu : il dit pourquoi.')).toBeVisible({ timeout: 30_000 });
  // At the head of the sheet, and in its card.
  await expect(window.getByText(/malveillant/)).toHaveCount(2);
  await expect(fetchAll).toHaveCount(0);
  await window.getByRole('button', { name: 'Reprendre', exact: true }).click();
  await expect(window.getByText('Le document est reçu.')).toBeVisible({ timeout: 30_000 });
});

async function checkKeyboard(firstPage: Locator): Promise<void> {
  const { window } = running;
  const page = window.getByLabel('Numéro de page');
  await window.keyboard.press('ArrowRight');
  await expect(page).toHaveValue('2');
  await window.keyboard.press('PageUp');
  await expect(page).toHaveValue('1');
  const upright = await firstPage.boundingBox();
  await window.keyboard.press('r');
  await expect.poll(async () => ((await firstPage.boundingBox())?.width ?? 0) > (upright?.width ?? 0)).toBe(true);
  for (let turn = 0; turn < 3; turn += 1) await window.keyboard.press('R');
  const zoom = window.getByRole('toolbar', { name: 'Lecture du document' }).getByText(/^\d+\s%$/);
  const before = await zoom.textContent();
  await window.keyboard.press('+');
  await expect(zoom).not.toHaveText(before ?? '');
  await window.keyboard.press('Control+f');
  await expect(window.getByLabel('Rechercher dans le document')).toBeFocused();
  await window.keyboard.type('capitaux propres');
  await expect(window.getByRole('toolbar', { name: 'Lecture du document' }).getByText(/^1 sur \d/)).toBeVisible();
  await window.getByRole('document', { name: 'Document de 3 pages' }).focus();
}

async function journalHas(sentence: string): Promise<boolean> {
  const answer = await running.window.evaluate(() => globalThis.instruire.call('journal.search', { filter: { kind: 'all' }, limit: 50 }));
  return JSON.stringify(answer).includes(sentence);
}

test('without its key nothing is called empty: documents are listed and closed, and a new key takes over', async () => {
  await actsAndAccounts().getByRole('button', { name: /^Télécharger : Bilan/ }).first().click();
  await expect(actsAndAccounts().getByRole('button', { name: /^Voir : / })).toBeVisible();
  await restart((userData) => rmSync(join(userData, 'data.key')));
  const { window } = running;
  const notice = window.getByRole('region', { name: 'Avis' }).getByText(/La clé qui protège les réponses et les documents de ce poste n’est plus là/);
  await expect(notice).toBeVisible();
  await openDocuments();
  await expect(window.getByText('Un document est fermé')).toBeVisible();
  await expect(window.getByText('Fermé : sa clé n’est pas sur ce poste')).toBeVisible();
  await goTo(window, 'Réglages');
  await window.getByRole('button', { name: 'Repartir avec une nouvelle clé…' }).click();
  await window.getByRole('button', { name: 'Créer une nouvelle clé' }).click();
  await expect(notice).toHaveCount(0);
  await window.getByRole('button', { name: 'Changer la clé…' }).click();
  await window.getByRole('button', { name: 'Changer la clé', exact: true }).click();
  await expect(window.getByText('Clé changée')).toBeVisible();
  await openDocuments();
  await expect(window.getByText('Fermé : sa clé n’est pas sur ce poste')).toBeVisible();
});
