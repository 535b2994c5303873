import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DatabaseSync } from '@photostructure/sqlite';
import { expect, test } from '@playwright/test';

import { launchApp, removeUserData, type RunningApp, waitUntilReady } from '../support/app';
import { blankPdf } from '../support/blank-pdf';
import * as steps from '../support/steps';

const dossier = { title: 'Ravalement de la mairie', object: 'MAPA-2026-031' } as const;
const inOrder = 'Ateliers du Vallon Bleu';
const refused = 'Propreté du Miroir';
const outside = 'Corvaisellon Conseil';

let running: RunningApp;
let folder: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'instruire-completeness-'));
  running = await steps.launchWithAccount();
  await steps.createDossier(running.window, dossier);
});

test.afterAll(async () => {
  await running.close();
  removeUserData(folder);
  removeUserData(running.userData);
});

/** A cell says its piece, its company, its state, then why. */
function cell(piece: string, company: string) {
  return running.window.getByRole('button', { name: new RegExp(`^${piece}, ${company}`, 'i') });
}

async function openDossier(): Promise<void> {
  await steps.goTo(running.window, 'Dossiers');
  await running.window.getByRole('list', { name: 'Dossiers' }).getByRole('button', { name: new RegExp(`^${dossier.title}`) }).click();
  await expect(running.window.getByRole('heading', { name: dossier.title, level: 1 })).toBeVisible();
}

async function launchGathering(button: RegExp): Promise<void> {
  const { window } = running;
  await window.getByRole('button', { name: button }).click();
  await expect(window.getByRole('dialog').getByRole('status')).toContainText(/appels? sur le quota de l’habilitation/);
  await window.getByRole('button', { name: 'Lancer', exact: true }).click();
  await expect(window.getByRole('button', { name: 'Lancer', exact: true })).toBeHidden();
  await expect(window.getByRole('progressbar', { name: 'Avancement de la récupération' })).toHaveCount(0, { timeout: 90_000 });
}

test('three candidates: one click fetches what the API gives, and the grid says the rest', async () => {
  test.setTimeout(240_000);
  const { window } = running;
  for (const company of [inOrder, refused, outside]) {
    await steps.addCompany(window, company.toLowerCase());
    await openDossier();
  }
  await window.getByRole('combobox', { name: new RegExp(`^Rôle de ${inOrder}`, 'i') }).or(window.getByRole('textbox', { name: new RegExp(`^Rôle de ${inOrder}`, 'i') })).click();
  await window.getByRole('option', { name: 'Mandataire du groupement' }).click();
  await expect(cell('Régularité sociale', inOrder)).toHaveAccessibleName(/À récupérer/);

  await launchGathering(/^Tout récupérer/);

  await expect(cell('Régularité sociale', inOrder)).toHaveAccessibleName(/Valide.*Valable jusqu’au .*code du travail/);
  await expect(cell('Identité de l’entreprise', outside)).toHaveAccessibleName(/Valide/);
  await expect(cell('Régularité sociale', refused)).toHaveAccessibleName(/Refusée.*L’Urssaf refuse/);
  await expect(cell('Régularité fiscale', outside)).toHaveAccessibleName(/À demander/);
  await expect(cell('Absence de condamnation excluante', inOrder)).toHaveAccessibleName(/À demander.*L’API ne donne pas cette pièce/);
});

test('the letter names what is missing and the other way, and is saved as the agent left it', async () => {
  const { window } = running;
  await window.getByRole('button', { name: new RegExp(`^Courrier à ${outside}`, 'i') }).click();
  const text = window.getByRole('textbox', { name: 'Texte du courrier' });
  await expect(text).toHaveValue(/Régularité fiscale[\s\S]*impots\.gouv\.fr[\s\S]*ne peut pas conduire, à soi seul, à l’écarter/);
  await text.press('Control+End');
  await text.pressSequentially(' Fait à Valmont.');
  await steps.answerSaveDialog(running, join(folder, 'courrier.txt'));
  await window.getByRole('button', { name: 'Enregistrer en texte' }).click();
  await expect(window.getByText('Courrier enregistré')).toBeVisible();
  expect(readFileSync(join(folder, 'courrier.txt'), 'utf8')).toMatch(/Régularité fiscale[\s\S]*Fait à Valmont\./);
  await window.keyboard.press('Escape');
});

test('a piece that the company sends itself completes the grid', async () => {
  const { window } = running;
  await cell('Régularité fiscale', outside).click();
  await window.getByLabel('Comment').fill('profil d’acheteur');
  await window.getByRole('button', { name: 'Noter comme reçue' }).click();
  await expect(cell('Régularité fiscale', outside)).toHaveAccessibleName(/Valide.*Fournie par la structure le .*profil d’acheteur/);
});

test('a document that was handed over stands for a piece until it is removed', async () => {
  const { window } = running;
  const piece = 'Absence de condamnation excluante';
  const file = 'declaration-sur-l-honneur.pdf';
  await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
  await window.getByRole('combobox', { name: 'Entreprise qui l’a fourni' }).or(window.getByRole('textbox', { name: 'Entreprise qui l’a fourni' })).click();
  await window.getByRole('option', { name: new RegExp(outside, 'i') }).click();
  await steps.supplyPdf(window, file, Buffer.from(blankPdf(1)));
  await expect(window.getByRole('heading', { name: file, level: 1 })).toBeVisible();
  await openDossier();
  await cell(piece, outside).click();
  await window.getByRole('combobox', { name: 'Document déposé qui en tient lieu' }).or(window.getByRole('textbox', { name: 'Document déposé qui en tient lieu' })).click();
  await window.getByRole('option', { name: new RegExp(`^${file}`) }).click();
  await window.getByRole('button', { name: 'Noter comme reçue' }).click();
  await expect(cell(piece, outside)).toHaveAccessibleName(new RegExp(`Valide.*${file}`));

  await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
  const row = window.getByRole('table', { name: 'Documents fournis par les entreprises' }).getByRole('row', { name: new RegExp(file) });
  await expect(row).toContainText(`Tient lieu de : ${piece}`);
  await row.getByRole('button', { name: `Retirer : ${file}` }).click();
  const question = window.getByRole('dialog', { name: 'Retirer ce document ?' });
  await expect(question).toContainText(/ce sera de nouveau à recevoir/);
  await question.getByRole('button', { name: 'Retirer' }).click();
  await expect(row).toHaveCount(0);
  await openDossier();
  await expect(cell(piece, outside)).toHaveAccessibleName(/À demander/);
});

test('what is changed in a list and not saved is still there after a look at another procedure or screen, until it is given up', async () => {
  const { window } = running;
  const openLists = async (): Promise<void> => {
    await steps.goTo(window, 'Réglages');
    await window.getByRole('region', { name: 'Listes de pièces' }).getByRole('button', { name: 'Ouvrir' }).click();
  };
  await openLists();
  const soon = window.getByLabel(/Expire bientôt/);
  const kept = await soon.inputValue();
  await soon.fill('21');
  const procedure = window.getByRole('combobox', { name: 'Procédure' });
  await procedure.click();
  await window.getByRole('option', { name: /candidature$/ }).click();
  await expect(soon).toHaveValue(kept);
  await procedure.click();
  await window.getByRole('option', { name: /attribution \(non enregistrée\)$/ }).click();
  await expect(soon).toHaveValue('21');
  await expect(window.getByRole('button', { name: 'Enregistrer la liste' })).toBeEnabled();
  await openLists();
  await expect(window.getByRole('status').filter({ hasText: 'Changements non enregistrés' })).toContainText('jusqu’à la fin de votre session');
  await expect(soon).toHaveValue('21');
  const giveUp = window.getByRole('button', { name: 'Abandonner les changements' });
  const asked = window.getByRole('dialog', { name: /^Abandonner les changements/ });
  await giveUp.click();
  await asked.getByRole('button', { name: 'Annuler' }).click();
  await expect(asked).toHaveCount(0);
  await expect(soon).toHaveValue('21');
  await giveUp.click();
  await asked.getByRole('button', { name: 'Abandonner', exact: true }).click();
  await expect(soon).toHaveValue(kept);
  await expect(window.getByText('Changements non enregistrés')).toHaveCount(0);
  await expect(window.getByRole('button', { name: 'Enregistrer la liste' })).toBeDisabled();
});

test('a document fetched eight months ago never passes for fresh: it is shown at home, and closing offers to renew it', async () => {
  test.setTimeout(240_000);
  const { userData } = running;
  await running.close();
  expect(makeOld(join(userData, 'instruire.db'))).toBe(2);

  running = await launchApp({ userData });
  const { window } = running;
  await waitUntilReady(window);
  await steps.signIn(window, steps.firstAccount.login, steps.firstAccount.password);
  await window.getByRole('list', { name: 'À faire aujourd’hui' }).getByRole('button', { name: /Expiré : Régularité sociale/ }).click();
  await expect(cell('Régularité sociale', inOrder)).toHaveAccessibleName(/Expirée.*Expirée depuis le/);

  await window.getByRole('button', { name: 'Autres actions sur le dossier' }).click();
  await window.getByRole('menuitem', { name: /^Clore/ }).click();
  await expect(window.getByRole('alert').getByText('2 pièces sont expirées')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Clore avec ce motif' })).toBeDisabled();
  await launchGathering(/^Renouveler \(\d+\)/);
  await expect(window.getByText('Aucune pièce n’est expirée')).toBeVisible();
  await window.getByRole('button', { name: 'Clore le dossier' }).click();
  await expect(window.getByText('Clos', { exact: true })).toBeVisible();
  await expect(cell('Régularité sociale', inOrder)).toHaveAccessibleName(/Valide/);
});

/** The vigilance attestations of a stopped application, made eight months older: other bytes, earlier dates. Returns how many. */
function makeOld(path: string): number {
  const database = new DatabaseSync(path);
  try {
    const { changes } = database
      .prepare(
        `UPDATE documents SET fetched_at = strftime('%Y-%m-%dT%H:%M:%fZ', fetched_at, '-8 months'), document_date = date(document_date, '-8 months'),
           valid_until = date(valid_until, '-8 months'), sha256 = hex(randomblob(32))
         WHERE endpoint_id LIKE 'urssaf.attestation_vigilance.%'`,
      )
      .run();
    return Number(changes);
  } finally {
    database.close();
  }
}
