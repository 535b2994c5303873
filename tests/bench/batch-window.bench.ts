import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import type { Page } from '@playwright/test';

import { launchApp, removeUserData, type RunningApp, waitUntilReady } from '../support/app';
import { madeUpSirens } from '../support/sirens';
import { answerOpenDialog, answerSaveDialog, firstAccount, goTo, signIn } from '../support/steps';
import { askMain, scrollThrough, StallWatch } from './batch/window';
import type { Metric } from './metric';

/** Opens a real window. */
export const needsWindow = true;

const LINES = 100_000;
const ASIDE = 2_000;
const COMPANY = '299031112';
const ENDPOINTS = ['insee.unite_legale.v4', 'infogreffe.extrait_rcs.v3'] as const;
const TITLE = 'Banc des longues listes';
const LIST = 'longue-liste';
const RUNNING_MS = 10_000;
const SCROLL_STEPS = 40;
/** Slow enough for a minute's quota to last the time that is watched. */
const LATENCY_MS = 1_200;

/** A list of a hundred thousand lines as an agent meets it: read, checked, planned, made, run, filtered, compared, exported. */
export async function run(): Promise<Metric[]> {
  const folder = mkdtempSync(join(tmpdir(), 'banc-lots-'));
  const watch = new StallWatch();
  let running = await launchApp();
  try {
    await waitUntilReady(running.window);
    const { dossierId, consultationIds } = await prepare(running);
    const times = await makeAndRun(running, watch, folder);
    // The second run over the same list, for the differences.
    const [first] = (await askMain(running.window, 'batches.list', {})).batches;
    await askMain(running.window, 'batches.cancel', { id: first?.id ?? '' });
    await askMain(running.window, 'batches.create', { importId: first?.listId ?? '', dossierId, title: `${LIST} (bis)`, choice: choice(), schedule: { startAt: tomorrow(), hours: null, recurrence: null } });
    await running.close();
    answerEverything(join(running.userData, 'instruire.db'), consultationIds, first?.id ?? '');
    running = await launchApp({ userData: running.userData });
    times.push(...(await readAndExport(running, watch, folder)));
    return [...times, ...watch.metrics(), { metric: 'load_average', value: loadavg()[0] ?? 0, unit: 'processes' }];
  } finally {
    await running.close();
    removeUserData(running.userData);
    rmSync(folder, { recursive: true, force: true });
  }
}

const choice = () => ({ endpointIds: [...ENDPOINTS], parameters: {}, withDocuments: false, writtenReason: null });
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

/** An account, a dossier, and one real answer of each datum. */
async function prepare({ window }: RunningApp): Promise<{ readonly dossierId: string; readonly consultationIds: readonly string[] }> {
  await askMain(window, 'session.createFirstAccount', firstAccount);
  await window.reload();
  await waitUntilReady(window);
  const [habilitation] = await askMain(window, 'habilitations.list', undefined);
  const { id: dossierId } = await askMain(window, 'dossiers.create', {
    ...{ title: TITLE, habilitationId: habilitation?.id ?? '', useCase: 'marches_publics', object: 'Banc de mesure' },
    ...{ context: habilitation?.contexts[0] ?? '', recipient: habilitation?.recipients[0] ?? '' },
  });
  await askMain(window, 'dossiers.addCompany', { id: dossierId, identifier: COMPANY, siret: null, name: 'Entreprise du banc' });
  const consultationIds = ENDPOINTS.map((_endpoint, index) => `banc-${index}`);
  for (const [index, endpointId] of ENDPOINTS.entries()) {
    await askMain(window, 'consultation.run', { consultationId: consultationIds[index] ?? '', dossierId, endpointId, identifier: COMPANY, parameters: {} });
  }
  return { dossierId, consultationIds };
}

function writeList(folder: string): string {
  const path = join(folder, `${LIST}.csv`);
  const usable = madeUpSirens(200_000_000, LINES).map((siren, index) => `${siren};Entreprise inventée ${index};MP-2026-014`);
  const aside = Array.from({ length: ASIDE }, (_, index) => `à retrouver;Ligne à corriger ${index};`);
  writeFileSync(path, ['SIREN;Nom;Objet', ...usable, ...aside].join('\n'));
  return path;
}

async function makeAndRun(running: RunningApp, watch: StallWatch, folder: string): Promise<Metric[]> {
  const { window } = running;
  await answerOpenDialog(running, writeList(folder));
  await watch.observe(window);
  const read = await watch.during(window, 'read', async () => {
    await goTo(window, 'Lots');
    await button(window, 'Nouveau lot').first().click();
    await button(window, 'Choisir un fichier').click();
    await window.locator('[role="table"][aria-label="Lignes utilisables"] [role="row"][aria-rowindex="2"] [role="cell"]', { hasText: 'Entreprise inventée' }).waitFor({ timeout: 180_000 });
  });
  await watch.during(window, 'lines', async () => {
    await scrollThrough(window, 'Lignes utilisables', SCROLL_STEPS);
    await window.locator('[role="tab"]', { hasText: 'Mises de côté' }).click();
    await window.locator('[role="table"][aria-label="Lignes mises de côté"]').waitFor();
    await scrollThrough(window, 'Lignes mises de côté', SCROLL_STEPS);
  });
  await watch.during(window, 'choice', async () => {
    await button(window, 'Continuer avec').click();
    await window.locator('input[placeholder="Titre ou objet du dossier"]').fill(TITLE.slice(0, 8));
    await window.locator('[role="option"]', { hasText: TITLE }).click();
    await window.locator('.batch-choices input:checked').first().waitFor();
  });
  const planned = await watch.during(window, 'plan', async () => {
    await keepOnly(window);
    await button(window, 'Voir le coût').click();
    await button(window, 'Lancer les').waitFor({ timeout: 120_000 });
  });
  await running.sandbox('POST /faults', { path: '/', latencyMs: LATENCY_MS });
  const made = await watch.during(window, 'make', async () => {
    await button(window, 'Lancer les').click();
    await window.locator('[role="table"][aria-label="Résultats du lot"]').waitFor({ timeout: 240_000 });
  });
  await watch.during(window, 'running', async () => {
    await window.waitForTimeout(RUNNING_MS);
    await scrollThrough(window, 'Résultats du lot', SCROLL_STEPS);
  });
  return [
    { metric: 'read_and_check_100000_lines', value: read, unit: 'ms' },
    { metric: 'plan_100000_lines', value: planned, unit: 'ms' },
    { metric: 'make_200000_calls', value: made, unit: 'ms' },
  ];
}

/** The two data of the bench, whatever the purpose asks for: a click a frame, as no hand is faster. */
async function keepOnly(window: Page): Promise<void> {
  await window.evaluate(async () => {
    for (const box of document.querySelectorAll<HTMLInputElement>('.batch-choices input:checked')) {
      const label = box.closest('.batch-choices > *')?.textContent ?? '';
      if (/Données de l’unité légale|Extrait RCS/.test(label)) continue;
      box.click();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

/** As if two nights had passed: both runs are over, everything is answered, a tenth otherwise than the run before. */
function answerEverything(path: string, consultationIds: readonly string[], firstId: string): void {
  const database = new DatabaseSync(path);
  const at = new Date().toISOString();
  for (const [index, endpointId] of ENDPOINTS.entries()) {
    database.prepare("UPDATE batch_items SET state = 'answered', consultation_id = ?, settled_at = ?, error = NULL WHERE endpoint_id = ?").run(consultationIds[index] ?? '', at, endpointId);
  }
  database.prepare("UPDATE batch_items SET state = 'absent' WHERE batch_id = ? AND line_number % 10 = 0").run(firstId);
  database.prepare("UPDATE batches SET state = 'done', started_at = ?, ended_at = ?, pause_reason = NULL, pause_message = NULL").run(at, at);
  database.prepare('UPDATE batches SET previous_id = ? WHERE id <> ?').run(firstId, firstId);
  database.close();
}

async function readAndExport(running: RunningApp, watch: StallWatch, folder: string): Promise<Metric[]> {
  const { window } = running;
  await waitUntilReady(window);
  await signIn(window, firstAccount.login, firstAccount.password);
  await watch.observe(window);
  await watch.during(window, 'list', async () => {
    await goTo(window, 'Lots');
    await window.locator('.row-link', { hasText: `${LIST} (bis)` }).waitFor();
  });
  await watch.during(window, 'grid', async () => {
    await window.locator('.row-link', { hasText: `${LIST} (bis)` }).click();
    await window.locator('[role="table"][aria-label="Résultats du lot"] .batch-cell').first().waitFor();
    await scrollThrough(window, 'Résultats du lot', SCROLL_STEPS);
  });
  await watch.during(window, 'filters', async () => {
    await window.locator('input[aria-label="Nom ou identifiant"]').fill('inventée 77');
    await window.locator('[role="status"]', { hasText: /^1[\s\u202f]111 lignes/ }).waitFor();
    await window.locator('input[aria-label="Nom ou identifiant"]').fill('');
    await window.locator('[role="status"]', { hasText: /^100[\s\u202f]000 lignes/ }).waitFor();
  });
  const compared = await watch.during(window, 'differences', async () => {
    await window.locator('[role="tab"]', { hasText: 'Ce qui a changé' }).click();
    await window.locator('[role="status"]', { hasText: /différences/ }).waitFor();
    await button(window, 'Chercher la suite').waitFor({ timeout: 120_000 });
    for (let times = 0; times < 5; times += 1) {
      await button(window, 'Chercher la suite').click();
      await button(window, 'Chercher la suite').waitFor({ timeout: 120_000 });
    }
  });
  const exports: Metric[] = [{ metric: 'differences_read', value: compared, unit: 'ms' }];
  for (const [format, label] of [['csv', 'Tableau CSV'], ['xlsx', 'Classeur Excel']] as const) exports.push(...(await exportTable(running, watch, join(folder, `lot.${format}`), format, label)));
  return exports;
}

async function exportTable(running: RunningApp, watch: StallWatch, path: string, format: string, label: string): Promise<Metric[]> {
  const { window } = running;
  await answerSaveDialog(running, path);
  const before = await mainMemory(running);
  let peak = before;
  const took = await watch.during(window, `export_${format}`, async () => {
    await button(window, 'Exporter').click();
    await window.locator('[role="menuitem"]', { hasText: label }).click();
    await window.locator('[role="dialog"] button', { hasText: 'Exporter' }).click();
    await window.locator('[role="progressbar"][aria-label="Avancement de l’export du lot"]').waitFor();
    while (await window.locator('[role="progressbar"][aria-label="Avancement de l’export du lot"]').isVisible()) {
      peak = Math.max(peak, await mainMemory(running));
      await window.waitForTimeout(500);
    }
  });
  return [
    { metric: `export_${format}`, value: took, unit: 'ms' },
    { metric: `export_${format}_size`, value: statSync(path).size / 1024 / 1024, unit: 'MB' },
    { metric: `export_${format}_memory_over_idle`, value: peak - before, unit: 'MB' },
  ];
}

function mainMemory({ app }: RunningApp): Promise<number> {
  return app.evaluate(() => process.memoryUsage().rss / 1024 / 1024);
}

function button(window: Page, text: string) {
  return window.locator('button', { hasText: new RegExp(`^${text}`) });
}
