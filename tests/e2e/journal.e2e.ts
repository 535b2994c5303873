import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { PURGE_ID } from '../../shared/domain/journal';
import { IPC_EVENT } from '../../shared/ipc/wire';
import { discardApp, type RunningApp } from '../support/app';
import { standIn } from '../support/stand-in';
import * as steps from '../support/steps';

let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  running = await steps.launchWithAccount();
  await steps.createDossier(running.window, { title: 'Subvention de l’harmonie', object: 'SUB-2026-007' });
  await steps.addCompany(running.window, 'Atelier');
  await steps.consultAll(running.window);
});

test.afterAll(() => discardApp(running));

async function openTab(name: string): Promise<void> {
  await steps.goTo(running.window, 'Historique');
  await running.window.getByRole('tab', { name }).click();
}

/** Ids under which the service knows the calls made. */
async function requestIds(): Promise<string[]> {
  const answer = await running.window.evaluate(() => globalThis.instruire.call('journal.search', { filter: { kind: 'calls' }, limit: 50 }));
  if (!answer.ok) throw new Error(answer.error.message);
  const { lines } = answer.value as { lines: { requestId: string | null }[] };
  return lines.flatMap(({ requestId }) => (requestId === null ? [] : [requestId]));
}

test('the whole history verifies, and the screen says what that does not prove', async () => {
  const { window } = running;
  await openTab('Vérifier');
  await window.getByRole('button', { name: 'Vérifier', exact: true }).click();
  await expect(window.getByText('L’historique est intact')).toBeVisible();
  await expect(window.getByText(/peut couper la fin de l’historique/)).toBeVisible();
  await expect(window.getByText('-----BEGIN PUBLIC KEY-----')).toBeVisible();
});

test('a range verifies alone; a range upside down is not accepted', async () => {
  const { window } = running;
  await window.getByLabel('De la ligne').fill('3');
  await window.getByLabel('À la ligne').fill('2');
  await expect(window.getByText('La dernière ligne doit suivre la première.')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Vérifier', exact: true })).toBeDisabled();
  await window.getByLabel('À la ligne').fill('5');
  await window.getByRole('button', { name: 'Vérifier', exact: true }).click();
  await expect(window.getByText('3 lignes contrôlées, de la ligne 3 à la ligne 5')).toBeVisible();
  await window.getByLabel('À la ligne').fill('900001');
  await window.getByLabel('De la ligne').fill('900000');
  await window.getByRole('button', { name: 'Vérifier', exact: true }).click();
  await expect(window.getByText('Aucune ligne à contrôler')).toBeVisible();
});

test('an audit is answered: who, when, why, for which dossier, and what is not known here', async () => {
  const { window } = running;
  const [known] = await requestIds();
  if (known === undefined) throw new Error('no call has an id');
  await openTab('Réponse à un contrôle');
  await window.getByLabel('Identifiants d’appel').fill(`2026-11-24T09:12:00Z GET /v4/insee 200 X-Request-ID=${known}\nIdentifiant\n"inconnu-1",`);
  await window.getByRole('button', { name: 'Rechercher 2 identifiants' }).click();
  await expect(window.getByText('Une ligne sans identifiant est laissée de côté.')).toBeVisible();
  await expect(window.getByRole('heading', { name: 'Justification des appels à API Entreprise' })).toBeFocused();
  const answer = window.getByRole('article', { name: 'Justification des appels à API Entreprise' });
  for (const text of [steps.firstAccount.displayName, 'SUB-2026-007', 'Subvention de l’harmonie', known, 'inconnu-1']) await expect(answer).toContainText(text);
  const path = join(running.userData, 'reponse.pdf');
  await steps.answerSaveDialog(running, path);
  await window.getByRole('button', { name: 'Enregistrer en PDF' }).click();
  await expect(window.getByText(path)).toBeVisible();
  expect(readFileSync(path, 'latin1').startsWith('%PDF-')).toBe(true);
});

test('statistics draw the calls and give the same figures as a table', async () => {
  const { window } = running;
  const calls = await running.window.evaluate(() => globalThis.instruire.call('journal.search', { filter: { kind: 'calls' }, limit: 1 }));
  const total = calls.ok ? (calls.value as { total: number }).total : 0;
  await openTab('Statistiques');
  await expect(window.getByText(`${total} consultations`)).toBeVisible();
  await expect(window.getByRole('img', { name: /^Consultations par jour/ })).toBeVisible();
  await window.getByText('Tableau', { exact: true }).click();
  await expect(window.getByRole('region', { name: 'Consultations par jour' }).getByRole('row').last()).toContainText(/\d/);
  await window.getByLabel('Répartir par').first().click();
  await window.getByRole('option', { name: 'Résultat' }).click();
  await expect(window.getByRole('region', { name: 'Consultations par résultat' })).toContainText('Réussi');
  await expect(window.getByRole('option', { name: 'Agent' })).toHaveCount(0);
});

test('the auditor reads everybody’s lines and how long they are kept, and is offered no company data', async () => {
  const { window } = running;
  await steps.signInAsAuditor(window);
  const menu = window.getByRole('navigation', { name: 'Menu principal' });
  for (const hidden of ['Dossiers', 'Quota', 'Habilitations', 'Agents']) await expect(menu.getByRole('button', { name: hidden, exact: true })).toHaveCount(0);
  await expect(window.getByLabel('Rechercher une entreprise')).toHaveCount(0);
  await steps.goTo(window, 'Historique');
  await expect(window.getByRole('table', { name: 'Historique' })).toContainText(steps.firstAccount.displayName);
  await window.getByRole('tab', { name: 'Conservation' }).click();
  await expect(window.getByRole('heading', { name: 'Durée de conservation : 36 mois' })).toBeVisible();
  await expect(window.getByText('Aucune ligne n’est à effacer pour l’instant.')).toBeVisible();
  await expect(window.getByRole('region', { name: 'Fiche du registre' })).toContainText('36 mois');
  const path = join(running.userData, 'sauvegarde.db');
  await steps.answerSaveDialog(running, path);
  await window.getByRole('button', { name: 'Sauvegarder l’historique…' }).click();
  await expect(window.getByText(path)).toBeVisible();
  expect(readFileSync(path, 'latin1').startsWith('SQLite format 3')).toBe(true);
  await steps.answerOpenDialog(running, path);
  await window.getByRole('button', { name: 'Restaurer une sauvegarde…' }).click();
  const dialog = window.getByRole('dialog', { name: 'Restaurer cette sauvegarde ?' });
  await expect(dialog).toContainText('Sauvegarde intacte');
  await expect(dialog).toContainText('sa dernière ligne ne se verra plus ici');
  await expect(dialog.getByRole('button', { name: 'Restaurer et redémarrer' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await expect(dialog).toBeHidden();
});

test('the end of retention that runs is found again by whoever comes back, and its end is told', async () => {
  const { app, window } = running;
  const due = { months: 36, lineCount: 4_000, throughSeq: 5_000, before: 1_700_000_000_000, running: { written: 1_000, total: 5_000 } };
  await standIn(running, { 'journal.previewPurge': due });
  await openTab('Lignes');
  await openTab('Conservation');
  await expect(window.getByText(/^Effacement en cours.*1\s000.*5\s000/)).toBeVisible();
  await expect(window.getByText('Il ne s’annule plus')).toBeVisible();
  await standIn(running, { 'journal.previewPurge': { ...due, lineCount: 0, throughSeq: 0, running: null } });
  const tell = (written: number) =>
    app.evaluate(
      ({ BrowserWindow }, { event, payload }) => BrowserWindow.getAllWindows()[0]?.webContents.send(event, 'journal.exportProgress', payload),
      { event: IPC_EVENT, payload: { exportId: PURGE_ID, written, total: 5_000 } },
    );
  await tell(3_000);
  await expect(window.getByText(/^Effacement en cours.*3\s000/)).toBeVisible();
  await tell(5_000);
  await expect(window.getByText('Aucune ligne n’est à effacer pour l’instant.')).toBeVisible();
  await standIn(running, {});
});

test('what the auditor types leaves one event a filter, however he pauses, and none before he is done', async () => {
  const { window } = running;
  await window.getByRole('tab', { name: 'Lignes' }).click();
  const readings = async (): Promise<readonly string[]> => {
    const answer = await window.evaluate(() => globalThis.instruire.call('journal.search', { filter: { kind: 'all', text: 'historique consulté' }, limit: 50 }));
    if (!answer.ok) throw new Error(answer.error.message);
    const { lines } = answer.value as { lines: { event: string; detail: string | null }[] };
    return lines.flatMap(({ event, detail }) => (event === 'journal.read' && detail?.includes('harmon') ? [detail] : []));
  };
  const text = window.getByLabel('Texte');
  const status = window.getByRole('main').getByText('Recherche…');
  await window.clock.install();
  await window.clock.pauseAt(new Date(Date.now() + 60_000));
  for (const part of ['harm', 'on', 'ie']) {
    await text.pressSequentially(part);
    await expect(status).toBeVisible();
    await window.clock.runFor(900);
  }
  expect(await readings()).toEqual([]);
  await window.clock.runFor(100);
  await expect(status).toBeHidden();
  await expect.poll(readings).toEqual([expect.stringContaining('«\u00a0harmonie\u00a0»')]);
  // The clock stands still: Enter alone can ask.
  await text.fill('harmoni');
  await text.press('Enter');
  await expect.poll(readings).toHaveLength(2);
  await window.clock.resume();
});

test('the auditor filters by the dossiers that lines name, though he may open none', async () => {
  const { window } = running;
  await openTab('Lignes');
  await window.getByRole('button', { name: 'Plus de filtres' }).click();
  await window.getByLabel('Dossier', { exact: true }).first().click();
  await window.getByRole('option', { name: 'Subvention de l’harmonie' }).click();
  await expect(window.getByRole('button', { name: 'Plus de filtres (1)' })).toBeVisible();
  await expect(window.getByRole('table', { name: 'Historique' })).toContainText('SUB-2026-007');
  await window.getByRole('button', { name: 'Effacer les filtres' }).click();
  await expect(window.getByRole('button', { name: 'Plus de filtres', exact: true })).toBeVisible();
});
