import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import type { RunningApp } from './app';
import { addCompany, answerSaveDialog, card, consultAll, createDossier, createFirstAccount, firstAccount, goTo, signIn, signOut } from './steps';

/** What the main job leaves behind, for whoever looks: a test or a person. */
export interface MainJobOutput {
  readonly folder: string;
  /** Called at each moment worth a picture. */
  readonly picture: (name: string) => Promise<void>;
  readonly say: (line: string) => void;
}

export const company = { searched: 'vallon bleu', name: 'ATELIERS DU VALLON BLEU' } as const;

/** The cards of the purpose « marchés publics », which the sandbox answers for this company. */
export const sheetCards = [
  'Données de l’unité légale',
  'Siège social',
  'Extrait RCS',
  'Mandataires sociaux',
  'Chiffre d’affaires',
  'Attestation fiscale',
  'Attestation de vigilance',
  'Actes et bilans',
];

/** The whole job of an agent, from the first start to the exported history; each step checks what it sees. */
export async function runMainJob(running: RunningApp, output: MainJobOutput): Promise<void> {
  const { window } = running;
  await openSession(window, output);
  await openDossier(window, output);
  await fillSheet(window, output);
  await fetchDocuments(running, output);
  await readHistory(running, output);
}

async function openSession(window: Page, { picture, say }: MainJobOutput): Promise<void> {
  await expect(window.getByText('Bac à sable').first()).toBeVisible();
  await picture('01-premier-compte');
  await createFirstAccount(window);
  await signOut(window);
  await signIn(window, firstAccount.login, 'un autre mot de passe');
  await expect(window.getByRole('alert').filter({ hasText: /identifiant|mot de passe/i })).toBeVisible();
  await picture('02-mot-de-passe-refuse');
  await window.getByRole('textbox', { name: 'Mot de passe' }).fill(firstAccount.password);
  await window.getByRole('button', { name: 'Se connecter' }).click();
  await expect(window.getByRole('navigation', { name: 'Menu principal' })).toBeVisible();
  say('Compte du responsable créé ; mauvais mot de passe refusé ; session ouverte.');
}

async function openDossier(window: Page, { picture, say }: MainJobOutput): Promise<void> {
  await createDossier(window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  const field = window.getByLabel('Ajouter une entreprise');
  for (const [typed, message] of [
    ['299 028 208', /clé de Luhn/],
    ['29902820900011 2', /SIRET 14\s; vous en avez saisi 15/],
    ['29902B209', /que des chiffres/],
  ] as const) {
    await field.fill(typed);
    await expect(window.getByText(message).first()).toBeVisible();
  }
  await picture('03-siren-errone');
  await addCompany(window, company.searched);
  await expect(window.getByRole('heading', { name: company.name, level: 1 })).toBeVisible();
  say(`Dossier créé (marchés publics) ; ${company.name} trouvée par son nom.`);
}

async function fillSheet(window: Page, { picture, say }: MainJobOutput): Promise<void> {
  await consultAll(window);
  for (const title of sheetCards) await expect(card(window, title).getByText(/^(Répondu|Délivrée)$/).first()).toBeVisible();
  await picture('04-fiche-entreprise');
  say(`Fiche remplie : ${sheetCards.length} données répondues, chacune avec sa source et sa date.`);
}

async function fetchDocuments(running: RunningApp, { folder, picture, say }: MainJobOutput): Promise<void> {
  const { window } = running;
  // The links given a moment ago are dead: the documents are fetched all the same, by asking again.
  await running.sandbox('POST /links/expire', {});
  const wanted = [
    { card: 'Attestation fiscale', picture: '05-attestation-fiscale', file: 'attestation-fiscale.pdf' },
    { card: 'Attestation de vigilance', picture: '06-attestation-vigilance', file: 'attestation-vigilance.pdf' },
    { card: 'Actes et bilans', picture: '07-bilan', file: 'bilan.pdf', offer: /Télécharger : .*bilan/i },
  ];
  for (const one of wanted) {
    const shown = card(window, one.card);
    const offers = shown.getByRole('button', { name: one.offer ?? /^Télécharger : / });
    const label = ((await offers.first().getAttribute('aria-label')) ?? '').replace(/^Télécharger\s: /, '');
    await offers.first().click();
    await viewDocument(window, shown.getByRole('button', { name: `Voir : ${label}` }), () => picture(one.picture));
    const path = join(folder, one.file);
    await answerSaveDialog(running, path);
    await shown.getByRole('button', { name: `Enregistrer sous : ${label}` }).click();
    await expect.poll(() => existsSync(path)).toBe(true);
    expect(readFileSync(path).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    say(`${label} : téléchargé par un lien renouvelé, vu, enregistré.`);
  }
}

async function viewDocument(window: Page, button: Locator, picture: () => Promise<void>): Promise<void> {
  await expect(button).toBeVisible({ timeout: 20_000 });
  await button.click();
  await expect.poll(() => hasInk(window.getByRole('img', { name: 'Page 1' }))).toBe(true);
  await picture();
  await window.getByRole('button', { name: 'Fermer le document' }).click();
}

/** The page is really drawn: its canvas holds something else than paper. */
export function hasInk(page: Locator): Promise<boolean> {
  return page.evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    for (let index = 0; index < pixels.length; index += 4) if ((pixels[index] ?? 255) < 100 && (pixels[index + 3] ?? 0) > 0) return true;
    return false;
  });
}

async function readHistory(running: RunningApp, { folder, picture, say }: MainJobOutput): Promise<void> {
  const { window } = running;
  await goTo(window, 'Historique');
  await expect(window.getByRole('row').filter({ hasText: 'Attestation fiscale' }).first()).toBeVisible();
  await picture('08-historique');
  await window.getByRole('search', { name: 'Filtres de l’historique' }).getByLabel('Texte').fill('vigilance');
  await expect(window.getByRole('row').filter({ hasText: 'Attestation fiscale' })).toHaveCount(0);
  await window.getByRole('search', { name: 'Filtres de l’historique' }).getByLabel('Texte').fill('');
  await expect(window.getByRole('row').filter({ hasText: 'Attestation fiscale' }).first()).toBeVisible();
  for (const [format, file] of [
    ['CSV (tableur)', 'historique.csv'],
    ['JSON Lines (vérifiable)', 'historique.jsonl'],
  ] as const) {
    const path = join(folder, file);
    await answerSaveDialog(running, path);
    await window.getByRole('button', { name: 'Exporter' }).click();
    await window.getByRole('menuitem', { name: format }).click();
    await expect(window.getByText(path)).toBeVisible();
  }
  say('Historique filtré puis exporté en CSV et en JSON Lines.');
}
