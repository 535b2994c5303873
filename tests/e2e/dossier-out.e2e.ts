import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { expect, type Page, test } from '@playwright/test';

import { drawPdf } from '../../electron/sandbox/documents/pdf-page';
import { projectRoot, removeUserData, type RunningApp } from '../support/app';
import { hasInk } from '../support/main-job';
import { addCompany, answerSaveDialog, card, consultAll, createDossier, goTo, launchWithAccount, supplyPdf } from '../support/steps';

const pictures = join(projectRoot, 'test-results', 'pictures');
const title = 'Rénovation de l’école du centre';
const candidates = ['vallon bleu', 'fausse rivière', 'horizons dessinés'];

let running: RunningApp;
let window: Page;
let folder: string;

test.describe.configure({ mode: 'serial' });
test.setTimeout(240_000);

test.beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'instruire-dossier-out-'));
  running = await launchWithAccount();
  ({ window } = running);
  await createDossier(window, { title, object: 'MAPA-2026-014' });
});

test.afterAll(async () => {
  await running.close();
  removeUserData(folder);
  removeUserData(running.userData);
});

const picture = (name: string) => window.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

async function openDossier(): Promise<void> {
  await goTo(window, 'Dossiers');
  await window.getByRole('button', { name: new RegExp(title) }).first().click();
  await expect(window.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

test('three candidates bring their attestations', async () => {
  for (const candidate of candidates) {
    await openDossier();
    await addCompany(window, candidate);
    await consultAll(window);
    const shown = card(window, 'Attestation de vigilance');
    await shown.getByRole('button', { name: /^Télécharger : / }).first().click();
    await expect(shown.getByRole('button', { name: /^Voir : / }).first()).toBeVisible({ timeout: 30_000 });
  }
});

test('a supplied PDF that differs is shown beside the one of the source', async () => {
  await openDossier();
  await window.getByRole('button', { name: 'Documents', exact: true }).click();
  await window.getByRole('combobox', { name: 'Entreprise qui l’a fourni' }).click();
  const option = window.getByRole('option', { name: /vallon bleu/i });
  const siren = /(\d{3}).(\d{3}).(\d{3})/.exec((await option.textContent()) ?? '')?.slice(1).join(' ') ?? '';
  await option.click();
  const pdf = await drawPdf('Attestation', new Date('2026-02-03T00:00:00Z'), (page) => {
    for (const line of ['Attestation de vigilance', 'ATELIERS DU VALLON BLEU', `SIREN : ${siren}`, 'Délivrée le 3 février 2020', 'Code de sécurité : AAAAA22222BBBBB']) page.text(line);
  });
  await supplyPdf(window, 'vigilance-recue.pdf', pdf);
  await expect(window.getByRole('heading', { name: 'vigilance-recue.pdf' })).toBeVisible();
  const table = window.getByRole('table', { name: 'Comparaison des deux documents' });
  await expect(table.getByRole('row', { name: /SIREN/ })).toContainText('Concorde');
  await expect(table.getByRole('row', { name: /Code de sécurité/ })).toContainText('Diffère');
  await expect(table.getByRole('row', { name: /Code de sécurité/ })).toContainText('AAAAA22222BBBBB');
  await expect(window.getByText('ne prouve rien à elle seule')).toBeVisible();
  await picture('comparison');
  for (const side of ['Fourni par la structure', /^Source : Urssaf/]) {
    await window.getByRole('region', { name: side }).scrollIntoViewIfNeeded();
    await expect.poll(() => hasInk(window.getByRole('region', { name: side }).getByRole('img', { name: 'Page 1' })), { timeout: 20_000 }).toBe(true);
  }
  await picture('comparison-panes');
});

test('the source is asked again from there, once its cost is shown', async () => {
  await expect(window.getByText(/1 appel/).first()).toBeVisible();
  const ask = window.getByRole('button', { name: 'Demander ce document' });
  await ask.click();
  // Waiting from the click on: enabled again, the source has answered.
  await expect(ask).toBeEnabled({ timeout: 30_000 });
  await expect(window.getByRole('table', { name: 'Comparaison des deux documents' })).toBeVisible();
  await expect(window.getByRole('alert').filter({ hasText: 'La source n’a pas donné' })).toHaveCount(0);
  // The one just received stands in the place of the one before.
  const source = window.getByRole('region', { name: /^Source : Urssaf/ });
  await source.scrollIntoViewIfNeeded();
  await expect.poll(() => hasInk(source.getByRole('img', { name: 'Page 1' })), { timeout: 20_000 }).toBe(true);
});

test('the ZIP of the dossier checks itself, and its manifest is true', async () => {
  await openDossier();
  const path = join(folder, 'dossier.zip');
  await answerSaveDialog(running, path);
  await window.getByRole('button', { name: 'Exporter' }).click();
  await picture('export-menu');
  await window.getByRole('menuitem', { name: 'Archive ZIP' }).click();
  await expect(window.getByText('Dossier exporté').first()).toBeVisible({ timeout: 60_000 });
  await picture('exported');
  const out = join(folder, 'out');
  execFileSync('unzip', ['-q', path, '-d', out]);
  execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'SHA256SUMS'], { cwd: out });
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    companies: { files: { path: string; kind: string; sha256: string; journalLine: number | null }[]; completeness: unknown[] }[];
  };
  expect(manifest.companies).toHaveLength(3);
  for (const { files, completeness } of manifest.companies) {
    expect(completeness.length).toBeGreaterThan(0);
    expect(files.some(({ kind }) => kind === 'document')).toBe(true);
    for (const file of files) expect(createHash('sha256').update(readFileSync(join(out, file.path))).digest('hex')).toBe(file.sha256);
    for (const file of files.filter(({ kind }) => kind !== 'data')) expect(file.journalLine).toEqual(expect.any(Number));
  }
  expect(manifest.companies.flatMap(({ files }) => files).filter(({ kind }) => kind === 'supplied')).toHaveLength(1);
  const summary = execFileSync('pdftotext', [join(out, 'recapitulatif.pdf'), '-'], { encoding: 'utf8' });
  expect(summary).toContain('MAPA-2026-014');
  expect(summary).toContain('Tête de l’historique');
});

test('the end of retention is previewed, then applied', async () => {
  await goTo(window, 'Habilitations');
  await window.getByRole('button', { name: /Bac à sable/ }).first().click();
  await window.getByRole('button', { name: 'Modifier' }).first().click();
  await window.getByLabel('Conservation des données (mois)').fill('12');
  await window.getByRole('dialog', { name: 'Modifier l’habilitation' }).getByRole('button', { name: 'Enregistrer' }).click();
  await expect(window.getByText('12 mois après la clôture')).toBeVisible();

  const dossierId = await window.evaluate(async () => {
    const list = (await globalThis.instruire.call('dossiers.list', {})) as { ok: true; value: { dossiers: { id: string }[] } };
    const id = list.value.dossiers[0]?.id ?? '';
    await globalThis.instruire.call('dossiers.setState', { id, state: 'closed', writtenReason: 'Marché attribué.' });
    return id;
  });
  await goTo(window, 'Dossiers');
  await window.getByRole('button', { name: 'Fin de conservation' }).click();
  const row = window.getByRole('row', { name: new RegExp(title) });
  await expect(row).toContainText('12 mois');
  await expect(window.getByText('Aucun dossier n’a dépassé son terme.')).toBeVisible();
  await picture('retention');

  // A year and a day go by: the closing is moved back in the file, as no test can wait for it.
  const database = new DatabaseSync(join(running.userData, 'instruire.db'), { timeout: 5_000 });
  database.prepare('UPDATE dossier_closings SET closed_at = ? WHERE dossier_id = ?').run('2020-01-01T10:00:00.000Z', dossierId);
  database.close();
  await goTo(window, 'Dossiers');
  await window.getByRole('button', { name: 'Fin de conservation' }).click();
  await expect(row).toContainText('Échu');
  await window.getByRole('button', { name: 'Supprimer maintenant…' }).click();
  await picture('retention-confirm');
  await window.getByRole('button', { name: 'Supprimer 1 dossier' }).click();
  await expect(window.getByText('Aucun dossier clos')).toBeVisible();

  const traced = await window.evaluate((id) => globalThis.instruire.call('journal.search', { filter: { dossierId: id, kind: 'all' }, limit: 500 }), dossierId);
  if (!traced.ok) throw new Error(traced.error.message);
  const events = (traced.value as { lines: { event: string }[] }).lines.map(({ event }) => event);
  expect(events).toEqual(expect.arrayContaining(['dossier.purged', 'document.fetched', 'piece.compared', 'data.exported']));
});
