import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import * as steps from '../support/steps';

let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await steps.launchWithAccount();
  await steps.createDossier(running.window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await steps.addCompany(running.window, 'Atelier');
  await steps.consultAll(running.window);
  await steps.goTo(running.window, 'Historique');
});

test.afterAll(() => discardApp(running));

const list = () => running.window.getByRole('table', { name: 'Historique' });
const rows = () => list().getByRole('row').filter({ has: running.window.getByRole('button', { name: /^Détail de la ligne/ }) });

async function shownCount(): Promise<number> {
  const text = await running.window.getByRole('main').getByText(/^\d+ lignes?$/).innerText();
  return Number.parseInt(text, 10);
}

test('each call has one line: who, what, for which purpose, with which result', async () => {
  await expect(list().getByText('En cours')).toHaveCount(0);
  const line = rows().filter({ hasText: 'Données de l’unité légale' });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('Réussi');
  await expect(line).toContainText(steps.firstAccount.displayName);
  await expect(line).toContainText('MAPA-2026-014');
  await expect(line).toContainText('Marchés publics');
});

test('filters narrow the lines and can be cleared', async () => {
  const { window } = running;
  const all = await shownCount();
  await window.getByLabel('Texte').fill('unité légale introuvable');
  await expect(window.getByRole('heading', { name: 'Aucune ligne' })).toBeVisible();
  await window.getByRole('button', { name: 'Effacer les filtres' }).click();
  await window.getByRole('button', { name: 'Plus de filtres' }).click();
  await window.getByLabel('Fournisseur', { exact: true }).first().click();
  await window.getByRole('option', { name: 'Insee', exact: true }).click();
  await expect.poll(shownCount).toBeLessThan(all);
  await expect(rows().first()).toContainText(/unité légale|Siège|établissement/);
  await window.getByRole('button', { name: 'Effacer les filtres' }).click();
  await expect.poll(shownCount).toBe(all);
});

test('a day is typed and picked the French way', async () => {
  const { window } = running;
  const all = await shownCount();
  const from = window.getByLabel('Du', { exact: true });
  await from.fill('05/11/2099');
  await expect(window.getByText(/^novembre 2099$/i)).toBeVisible();
  await from.press('Tab');
  await expect(window.getByRole('heading', { name: 'Aucune ligne' })).toBeVisible();
  await expect(from).toHaveValue('05/11/2099');
  await window.getByRole('button', { name: 'Effacer les filtres' }).click();
  await expect.poll(shownCount).toBe(all);
  await expect(from).toHaveValue('');
});

test('a line opens with its proof, which verifies', async () => {
  const { window } = running;
  await rows().filter({ hasText: 'Données de l’unité légale' }).getByRole('button').click();
  const detail = window.getByRole('dialog', { name: /^Ligne \d+ de l’historique/ });
  await expect(detail).toContainText(/Empreinte de la ligne dans la chaîne \(SHA-256\)[0-9a-f]{64}/);
  await detail.getByRole('button', { name: /^Vérifier/ }).click();
  await expect(detail.getByText('L’historique est intact')).toBeVisible();
  await detail.getByRole('button', { name: 'Fermer' }).click();
  await expect(detail).toHaveCount(0);
});

const starts = { csv: '\ufeff', xlsx: 'PK', jsonl: '{', pdf: '%PDF-' } as const;
const labels = { csv: 'CSV (tableur)', xlsx: 'XLSX (Excel)', jsonl: 'JSON Lines (vérifiable)', pdf: 'PDF' } as const;

for (const format of ['csv', 'xlsx', 'jsonl', 'pdf'] as const) {
  test(`the filtered lines leave as ${format}, and the export is itself traced`, async () => {
    const { window } = running;
    const path = join(running.userData, `export.${format}`);
    await steps.answerSaveDialog(running, path);
    await window.getByRole('button', { name: 'Exporter' }).click();
    await window.getByRole('menuitem', { name: labels[format], exact: true }).click();
    await expect(window.getByText(path)).toBeVisible();
    const bytes = readFileSync(path);
    expect(bytes.toString('utf8').startsWith(starts[format])).toBe(true);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const traced = await window.evaluate(() => globalThis.instruire.call('journal.search', { filter: { kind: 'all' }, limit: 5 }));
    expect(traced).toMatchObject({ ok: true });
    expect(JSON.stringify(traced)).toContain(sha256);
  });
}
