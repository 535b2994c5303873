import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { sheetCards } from '../support/main-job';
import { addCompany, answerSaveDialog, card, consultAll, createDossier, goTo, launchWithAccount } from '../support/steps';

let running: RunningApp;

test.beforeEach(async () => {
  running = await launchWithAccount();
  await createDossier(running.window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
});

test.afterEach(() => discardApp(running));

test('a provider that is down leaves the other cards alone, and is asked again in place', async () => {
  const { window, sandbox } = running;
  const vigilance = card(window, 'Attestation de vigilance');
  await sandbox('POST /faults', { path: '/v4/urssaf/', effect: { kind: 'status', status: 502 } });
  await sandbox('POST /faults', { path: '/v3/infogreffe/rcs/unites_legales/', effect: { kind: 'status', status: 403 }, times: 1 });
  await addCompany(window, 'vallon bleu');
  await window.getByRole('button', { name: /Tout consulter/ }).click();
  await window.getByRole('button', { name: /^Lancer les/ }).click();
  await expect(vigilance.getByText(/Nouvel essai dans/)).toBeVisible({ timeout: 30_000 });
  await expect(window.locator('section[aria-busy="true"]')).toHaveCount(1);
  await expect(window.getByText('Accès refusé')).toHaveCount(1);
  await expect(window.getByText('Hors périmètre ou inconnu').first()).toBeVisible();
  await sandbox('DELETE /faults');
  await vigilance.getByRole('button', { name: 'Annuler' }).click();
  const retries = window.getByRole('button', { name: /^Réessayer : (Attestation de vigilance|Extrait RCS|Mandataires sociaux)$/ });
  await expect(retries).toHaveCount(2);
  await retries.first().click();
  await retries.last().click();
  for (const title of sheetCards) await expect(card(window, title).getByText(/^(Répondu|Délivrée)$/).first()).toBeVisible();
});

test('« hors périmètre » and a refusal by the Urssaf are told apart from failures', async () => {
  const { window } = running;
  await addNamed('CORVAISELLON CONSEIL');
  await consultAll(window);
  await expect(card(window, 'Attestation fiscale').getByText('Hors périmètre ou inconnu')).toBeVisible();
  await window.getByRole('link', { name: 'Rénovation de l’école du centre' }).or(window.getByRole('button', { name: 'Rénovation de l’école du centre' })).first().click();
  await addNamed('PROPRETÉ DU MIROIR');
  await consultAll(window);
  await expect(card(window, 'Attestation de vigilance').getByText('Refus de délivrance').first()).toBeVisible();
  await expect(card(window, 'Attestation de vigilance').getByRole('button', { name: /Télécharger/ })).toHaveCount(0);
});

test('one call goes with a context and an object of its own, and the next with the dossier’s again', async () => {
  const { window } = running;
  await addCompany(window, 'vallon bleu');
  const seat = card(window, 'Siège social');
  await seat.getByRole('button', { name: /^Consulter/ }).click();
  await expect(seat.getByText('Répondu')).toBeVisible();
  const another = seat.getByRole('button', { name: /^Autre justification pour un appel/ });
  await another.press('Enter');
  const send = window.getByRole('button', { name: 'Consulter avec cette justification' });
  const object = window.getByLabel('Objet de cet appel');
  await expect(object).toBeFocused();
  await expect(send).toBeDisabled();
  await window.getByLabel('Contexte de cet appel').selectOption('Aides publiques');
  await object.fill('AIDE-2026-003');
  await object.press('Enter');
  await expect.poll(justificationsSent).toEqual(['Marchés publics MAPA-2026-014', 'Aides publiques AIDE-2026-003']);
  await expect(seat.getByText('Répondu')).toBeVisible();
  await seat.getByRole('button', { name: 'Détail de l’appel' }).click();
  await expect(window.getByRole('dialog').getByText('AIDE-2026-003')).toBeVisible();
  await window.keyboard.press('Escape');
  await another.press('Enter');
  await expect(object).toHaveValue('MAPA-2026-014');
  await window.keyboard.press('Escape');
  await seat.getByRole('button', { name: /^Actualiser/ }).click();
  await expect.poll(justificationsSent).toEqual(['Marchés publics MAPA-2026-014', 'Aides publiques AIDE-2026-003', 'Marchés publics MAPA-2026-014']);
});

/** Of each call that the journal holds, the oldest first. */
async function justificationsSent(): Promise<readonly string[]> {
  const found = await running.window.evaluate(() => globalThis.instruire.call('journal.search', { filter: { kind: 'calls' }, limit: 50 }));
  if (!found.ok) throw new Error(found.error.message);
  const { lines } = found.value as { lines: readonly { context: string; object: string }[] };
  return lines.map(({ context, object }) => `${context} ${object}`).reverse();
}

test('values name their call, ratios their formula, two dates are compared, the sheet is printed', async () => {
  const { window, sandbox, userData } = running;
  await addCompany(window, 'vallon bleu');
  await consultAll(window);
  await card(window, 'Siège social').getByText('Actif', { exact: true }).first().hover();
  await expect(window.getByRole('tooltip').filter({ hasText: /Insee.*reçu le .*\n?.*Requête [0-9a-f-]{36}/s })).toBeVisible();
  await addTaxReturn();
  await window.getByRole('cell', { name: /%/ }).last().locator('.sourced').hover();
  await expect(window.getByRole('tooltip').filter({ hasText: /÷.*DGFIP/s })).toBeVisible();
  await sandbox('POST /faults', { path: '/v3/dgfip/etablissements/', effect: { kind: 'status', status: 200, body: changedTurnover }, times: 1 });
  await window.getByRole('button', { name: 'Actualiser : Chiffre d’affaires' }).click();
  await expect(card(window, 'Chiffre d’affaires').getByText(/7\s000\s000\s€/).first()).toBeVisible();
  await window.getByRole('button', { name: 'Comparer deux dates' }).click();
  await expect(window.getByRole('dialog').getByText(/devient 7\s000\s000\s€/)).toBeVisible();
  await window.keyboard.press('Escape');
  checkPrint(await print(userData));
});

test('version 2 is offered once its setting is on, says that it is closed, and reads answers, parameters and archives', async () => {
  const { window, sandbox } = running;
  await addCompany(window, 'vallon bleu');
  await window.getByRole('combobox', { name: 'Consulter une autre donnée' }).fill('version 2');
  await expect(window.getByText('Aucune donnée de ce nom')).toBeVisible();
  await goTo(window, 'Réglages');
  await window.getByRole('switch', { name: 'Autoriser les appels à la version 2' }).click();
  await expect(window.getByRole('switch', { name: 'Autoriser les appels à la version 2' })).toBeChecked();
  await backToCompany();
  await window.getByRole('combobox', { name: 'Consulter une autre donnée' }).click();
  await expect(window.getByText('Version 2 (2021), fermée par le service depuis : réponse 410')).toBeVisible();
  await addV2('Actes');
  const acts = card(window, 'Actes (version 2)');
  await expect(acts.getByText('Répondu')).toBeVisible();
  await acts.getByRole('button', { name: /^Télécharger/ }).click();
  await expect(acts.getByRole('button', { name: /^Enregistrer sous/ })).toBeVisible();
  await expect(acts.getByText('Version 2 (2021), fermée par le service depuis : réponse 410')).toBeVisible();
  await addV2('Effectifs mensuels de l’entreprise');
  const workforce = card(window, 'Effectifs mensuels de l’entreprise (version 2)');
  await expect(workforce.getByText('Répondu')).toBeVisible();
  await workforce.getByLabel('Année').fill('2024');
  await workforce.getByRole('button', { name: /^Actualiser/ }).click();
  await expect(workforce.getByText('2024', { exact: true }).first()).toBeVisible();
  await sandbox('POST /v2', { enabled: false });
  await addV2('Chiffre d’affaires');
  await expect(card(window, 'Chiffre d’affaires (version 2)').getByText('N’est plus disponible')).toBeVisible();
});

async function backToCompany(): Promise<void> {
  const { window } = running;
  await goTo(window, 'Dossiers');
  await window.getByRole('button', { name: /^Rénovation/ }).click();
  await window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button', { name: /VALLON BLEU/ }).first().click();
}

async function addV2(title: string): Promise<void> {
  const { window } = running;
  await window.getByRole('combobox', { name: 'Consulter une autre donnée' }).fill(`${title} (version 2)`);
  await window.getByRole('option', { name: new RegExp(`^${title} \\(version 2\\)`) }).click();
}

/** The company of this name, not whichever the search ranks first. */
async function addNamed(name: string): Promise<void> {
  const { window } = running;
  await window.getByLabel('Ajouter une entreprise').fill(name);
  await window.getByRole('option', { name: new RegExp(name, 'i') }).first().click();
  await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible();
}

const changedTurnover = {
  data: [{ data: { date_fin_exercice: '2025-12-31', chiffre_affaires: '7000000' }, links: {}, meta: {} }],
  links: {},
  meta: {},
};

/** Asks the tax return of another year than the one proposed: the year is the agent's to choose. */
async function addTaxReturn(): Promise<void> {
  const { window } = running;
  await window.getByRole('combobox', { name: 'Consulter une autre donnée' }).fill('liasses');
  await window.getByRole('option', { name: /liasses fiscales/i }).first().click();
  const shown = window.getByRole('region', { name: /liasses fiscales/i });
  await expect(shown.getByText('Répondu')).toBeVisible();
  await expect(window.getByRole('rowheader', { name: 'Endettement' })).toBeVisible();
  await shown.getByLabel('Année').fill('2024');
  await shown.getByRole('button', { name: /^Actualiser/ }).click();
  await expect(shown.getByRole('cell', { name: '31 décembre 2024' }).first()).toBeVisible();
}

async function print(folder: string): Promise<string> {
  const path = join(folder, 'fiche.pdf');
  await answerSaveDialog(running, path);
  await running.window.getByRole('button', { name: 'Imprimer en PDF' }).click();
  await expect(() => expect(existsSync(path)).toBe(true)).toPass({ timeout: 20_000 });
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
}

function checkPrint(text: string): void {
  for (const title of sheetCards) expect(text).toContain(title);
  const sources = text.match(/Source\s: .+ reçu le \d{1,2}(er)? \S+ \d{4}/g) ?? [];
  expect(sources.length).toBeGreaterThanOrEqual(sheetCards.length);
  expect(text).toContain('ATELIERS DU VALLON BLEU');
  expect(text).toContain('MAPA-2026-014');
  expect(text).not.toMatch(/Tout consulter|Réglages/);
}
