import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { madeUpSirens } from '../support/sirens';
import * as steps from '../support/steps';

const LINES = 30_000;
const title = 'Rénovation de l’école du centre';

let folder: string;
let running: RunningApp;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lots-longs-'));
  running = await steps.launchWithAccount();
});
test.afterEach(async () => {
  await discardApp(running);
  rmSync(folder, { recursive: true, force: true });
});

test('making and exporting a long list show how far they are and can be cancelled', async () => {
  test.setTimeout(240_000);
  const { window } = running;
  await steps.createDossier(window, { title, object: 'MAPA-2026-014' });
  const list = join(folder, 'longue.csv');
  writeFileSync(list, madeUpSirens(200_000_000, LINES).join('\n'));
  await steps.answerOpenDialog(running, list);
  await steps.goTo(window, 'Lots');
  await window.getByRole('button', { name: 'Nouveau lot' }).first().click();
  await window.getByRole('button', { name: 'Choisir un fichier' }).click();
  await steps.planBatch(window, title);

  await test.step('its making is cancelled, then done', async () => {
    const launch = window.getByRole('button', { name: /^Lancer les/ });
    await launch.click();
    await expect(window.getByRole('progressbar', { name: 'Avancement de la préparation' })).toBeVisible();
    await window.getByRole('button', { name: 'Annuler la préparation' }).click();
    await expect(window.getByRole('alert').filter({ hasText: 'Préparation annulée' })).toBeVisible();
    await launch.click();
    await expect(window.getByRole('table', { name: 'Résultats du lot' })).toBeVisible({ timeout: 120_000 });
    await window.getByRole('button', { name: 'Mettre en pause' }).click();
    await expect(window.getByRole('button', { name: 'Reprendre' })).toBeVisible();
  });

  await test.step('its export is cancelled and leaves nothing', async () => {
    const path = join(folder, 'lot.xlsx');
    await steps.answerSaveDialog(running, path);
    await window.getByRole('button', { name: 'Exporter' }).click();
    await window.getByRole('menuitem', { name: 'Classeur Excel' }).click();
    await window.getByRole('dialog', { name: 'Champs du tableau' }).getByRole('button', { name: 'Exporter' }).click();
    await expect(window.getByRole('progressbar', { name: 'Avancement de l’export du lot' })).toBeVisible();
    await window.getByRole('button', { name: 'Annuler', exact: true }).click();
    await expect(window.getByRole('button', { name: 'Exporter' })).toBeVisible();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual(['longue.csv']);
  });
});

test('the companies of a dossier become a batch in one click', async () => {
  const { window } = running;
  await steps.createDossier(window, { title, object: 'MAPA-2026-014' });
  for (const company of ['299031112', '299 028 209']) {
    await steps.addCompany(window, company);
    await steps.goTo(window, 'Dossiers');
    await window.getByRole('list', { name: 'Dossiers' }).getByText(title, { exact: true }).click();
  }
  await window.getByRole('button', { name: 'Faire un lot de ces entreprises' }).click();
  await expect(window.getByRole('tab', { name: 'Lignes utilisables (2)' })).toBeVisible();
  await window.getByRole('button', { name: /^Continuer avec/ }).click();
  await expect(window.getByRole('combobox', { name: 'Dossier' })).toHaveValue(new RegExp(`^${title}`));
  await expect(window.getByLabel('Nom du lot')).toHaveValue(title);
});
