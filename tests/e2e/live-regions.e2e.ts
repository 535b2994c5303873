import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, type RunningApp } from '../support/app';
import { listen, type Said, said } from '../support/live-regions';
import { launchBatch, openDossier } from '../support/screens';
import * as steps from '../support/steps';

/** A quarter of a long work, each said at most once. */
const QUARTER = /^Avancement : (?:25|50|75|100) %$/;

let folder: string;
let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'annonces-'));
  running = await steps.launchWithAccount();
  await steps.createDossier(running.window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await steps.addCompany(running.window, 'Atelier');
});

test.afterAll(async () => {
  await discardApp(running);
  rmSync(folder, { recursive: true, force: true });
});

/** Does it, waits until its last word is said, and gives back all that was said, the quarters apart. */
async function saidOf(act: () => Promise<void>, last: RegExp): Promise<{ readonly quarters: readonly string[]; readonly others: readonly Said[] }> {
  const { window } = running;
  await listen(window);
  await act();
  await expect.poll(async () => (await said(window)).some(({ words }) => last.test(words)), { timeout: 60_000 }).toBe(true);
  const heard = await said(window);
  const quarters = heard.map(({ words }) => words).filter((words) => QUARTER.test(words));
  expect(new Set(quarters).size, 'no quarter is said twice').toBe(quarters.length);
  expect(heard.filter(({ words, urgency }) => QUARTER.test(words) && urgency === 'assertive')).toEqual([]);
  return { quarters, others: heard.filter(({ words }) => !QUARTER.test(words)) };
}

function polite(words: RegExp): unknown {
  return { urgency: 'polite', words: expect.stringMatching(words) as unknown };
}

test('what thirteen calls cost, how far they are and their end are each said once', async () => {
  const { window } = running;
  const { others } = await saidOf(() => steps.consultAll(window), /^Consultations terminées/);
  expect(others).toEqual([polite(/^\d+ appels sur le quota de l’habilitation : le quota permet/), polite(/^Consultations terminées : \d+ réponses/)]);
});

test('documents fetched together are said together', async () => {
  const { window } = running;
  const { others } = await saidOf(() => window.getByRole('button', { name: /^Télécharger les \d+ documents/ }).click(), /documents sont reçus/);
  expect(others).toEqual([polite(/^Les \d+ documents sont reçus\.$/)]);
});

test('a document saved is said politely, one that cannot be cuts what is being said', async () => {
  const { window } = running;
  const save = () => window.getByRole('button', { name: /^Enregistrer sous : / }).first().click();
  await steps.answerSaveDialog(running, join(folder, 'attestation.pdf'));
  expect(await saidOf(save, /^Document enregistré/)).toEqual({ quarters: [], others: [polite(/^Document enregistré .*attestation\.pdf$/)] });
  await steps.answerSaveDialog(running, join(folder, 'absent', 'attestation.pdf'));
  expect(await saidOf(save, /^Action impossible/)).toEqual({ quarters: [], others: [{ urgency: 'assertive', words: expect.stringMatching(/^Action impossible .*Réessayez/) as unknown }] });
});

test('a list says how many it found, a dossier how complete it is, each once', async () => {
  const { window } = running;
  expect((await saidOf(() => openDossier(window), /^\d+ pièces réunies/)).others).toEqual([polite(/^1 dossier$/), polite(/^\d+ pièces réunies · /)]);
});

test('a form speaks at its end, and not at each letter', async () => {
  const { window } = running;
  const write = async (): Promise<void> => {
    await window.getByRole('main').getByRole('button', { name: 'Modifier', exact: true }).click();
    await window.getByLabel('Objet', { exact: true }).pressSequentially(' : lot 2, menuiseries extérieures, et lot 5, peintures');
    await window.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  };
  expect((await saidOf(write, /^Dossier enregistré/)).others).toEqual([polite(/^Objet de plus de 50 caractères/), polite(/^Dossier enregistré Rénovation/)]);
});

test('a batch tells its quarters and its end, its export the file that it made', async () => {
  const { window } = running;
  const ended = /^Terminé le .* appels/;
  const { others } = await saidOf(() => launchBatch(window), ended);
  expect(others.filter(({ words }) => words.startsWith('Terminé'))).toEqual([polite(ended)]);
  const path = join(folder, 'lot.xlsx');
  await steps.answerSaveDialog(running, path);
  const take = async (): Promise<void> => {
    await window.getByRole('button', { name: 'Exporter' }).click();
    await window.getByRole('menuitem', { name: 'Classeur Excel' }).click();
    await window.getByRole('dialog', { name: 'Champs du tableau' }).getByRole('button', { name: 'Exporter' }).click();
  };
  expect((await saidOf(take, /^Lot exporté/)).others).toEqual([polite(/^Lot exporté .*lot\.xlsx — empreinte/)]);
});

test('a wrong password is said at once, and once', async () => {
  const { window } = running;
  await steps.signOut(window);
  const refused = /^Identifiant ou mot de passe incorrect/;
  expect((await saidOf(() => steps.signIn(window, steps.firstAccount.login, 'un autre mot de passe'), refused)).others).toEqual([{ urgency: 'assertive', words: expect.stringMatching(refused) as unknown }]);
});
