import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import * as steps from '../support/steps';

let folder: string;
let running: RunningApp;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lots-'));
});
test.afterEach(async () => {
  await discardApp(running);
  rmSync(folder, { recursive: true, force: true });
});

async function exportAs(window: Page, format: string, path: string): Promise<void> {
  await steps.answerSaveDialog(running, path);
  await window.getByRole('button', { name: 'Exporter' }).click();
  await window.getByRole('menuitem', { name: format }).click();
  const fields = window.getByRole('dialog', { name: 'Champs du tableau' });
  if (/Excel|CSV/.test(format)) await fields.getByRole('button', { name: 'Exporter' }).click();
  await expect(window.getByText(path, { exact: false }).first()).toBeVisible();
}

test('a list with errors is imported, planned, run, cut by a kill, finished and taken out', async () => {
  test.setTimeout(240_000);
  running = await launchApp();
  let { window } = running;
  await waitUntilReady(window);
  await steps.createFirstAccount(window);
  await steps.createDossier(window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });

  await test.step('the list is read, its errors told by line', async () => {
    const path = join(folder, 'candidats.csv');
    writeFileSync(path, Buffer.from(steps.candidateList, 'latin1'));
    await steps.answerOpenDialog(running, path);
    await steps.goTo(window, 'Lots');
    await window.getByRole('button', { name: 'Nouveau lot' }).first().click();
    await window.getByRole('button', { name: 'Choisir un fichier' }).click();
    await expect(window.getByLabel('Raison sociale')).toHaveValue('name');
    await expect(window.getByLabel('N° de marché')).toHaveValue('object');
    await expect(window.getByRole('table', { name: 'Lignes utilisables' }).getByRole('cell', { name: 'Ateliers du Vallon Bleu' })).toBeVisible();
    await window.getByRole('tab', { name: /^Mises de côté \(4\)/ }).click();
    const aside = window.getByRole('table', { name: 'Lignes mises de côté' });
    await expect(aside.getByRole('row').filter({ hasText: 'clé de Luhn' }).getByRole('cell').first()).toHaveText('4');
    await expect(aside.getByRole('row').filter({ hasText: 'Doublon de la ligne 3' }).getByRole('cell').first()).toHaveText('6');
    await expect(aside.getByRole('row').filter({ hasText: 'derniers chiffres sont perdus' }).getByRole('cell').first()).toHaveText('7');
  });

  await test.step('a name without a number is found by hand', async () => {
    await window.getByRole('button', { name: 'Corriger la ligne 8' }).click();
    const dialog = window.getByRole('dialog', { name: 'Corriger la ligne 8' });
    await dialog.getByLabel('Chercher l’entreprise par son nom').fill('propreté du miroir');
    await window.getByRole('listbox', { name: 'Entreprises trouvées' }).getByRole('option').first().click();
    await dialog.getByRole('button', { name: 'Retenir cette ligne' }).click();
    await expect(window.getByRole('tab', { name: /^Lignes utilisables \(3\)/ })).toBeVisible();
  });

  await test.step('what it costs is said before anything is called', async () => {
    await steps.planBatch(window, 'Rénovation de l’école du centre');
    // Slow enough to be cut in the middle.
    await running.sandbox('POST /faults', { path: '/', latencyMs: 2_500 });
    await window.getByRole('button', { name: /^Lancer les/ }).click();
    await expect(window.getByRole('progressbar', { name: 'Avancement du lot' })).toBeVisible();
  });

  await test.step('it is paused, the application killed, and it goes on where it was', async () => {
    await window.getByRole('button', { name: 'Mettre en pause' }).click();
    await expect(window.getByRole('button', { name: 'Reprendre' })).toBeVisible();
    running.app.process().kill('SIGKILL');
    await running.app.close().catch(() => undefined);
    running = await launchApp({ userData: running.userData });
    window = running.window;
    await waitUntilReady(window);
    await steps.signIn(window, steps.firstAccount.login, steps.firstAccount.password);
    await steps.goTo(window, 'Lots');
    await window.getByRole('listitem').getByRole('button', { name: /candidats/ }).click();
    await window.getByRole('button', { name: 'Reprendre' }).click();
    await expect(window.getByText(/^Terminé/).first()).toBeVisible({ timeout: 120_000 });
  });

  await test.step('a call says what became of it', async () => {
    await window.getByRole('button', { name: /^Obtenu.*: Données de l’unité légale, ligne 2/ }).click();
    const dialog = window.getByRole('dialog', { name: /Données de l’unité légale — ligne 2/ });
    await expect(dialog.getByText(/^Source\s: /)).toBeVisible();
    await expect(dialog.getByText(/^Historique\s: ligne/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Fermer' }).last().click();
  });

  await test.step('what it brought is taken out, and other programs read it', async () => {
    const [workbook, archive, table, summary] = ['lot.xlsx', 'lot.zip', 'lot.csv', 'lot.pdf'].map((name) => join(folder, name)) as [string, string, string, string];
    await exportAs(window, 'Classeur Excel', workbook);
    await exportAs(window, 'Documents (ZIP)', archive);
    await exportAs(window, 'Tableau CSV', table);
    await exportAs(window, 'Synthèse (PDF)', summary);
    execFileSync('unzip', ['-tqq', workbook]);
    const sheet = execFileSync('unzip', ['-p', workbook, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8', maxBuffer: 50_000_000 });
    expect(sheet.match(/<row>/g)).toHaveLength(4);
    expect(sheet).toContain('299031112');
    const unzipped = join(folder, 'documents');
    mkdirSync(unzipped);
    execFileSync('unzip', ['-q', archive, '-d', unzipped]);
    const checked = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: unzipped, encoding: 'utf8' });
    expect(checked.trim().split('\n').length).toBeGreaterThan(2);
    expect(readdirSync(unzipped)).toContain('299031112');
    expect(readFileSync(table, 'utf8').startsWith('\ufeffLigne;SIREN;SIRET;')).toBe(true);
    expect(execFileSync('pdftotext', ['-layout', summary, '-'], { encoding: 'utf8' })).toContain('MAPA-2026-014');
  });
});
