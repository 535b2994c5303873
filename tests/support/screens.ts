import { expect, type Page } from '@playwright/test';

import * as steps from './steps';

/** How each screen is reached, from anywhere. */
export const screens: readonly (readonly [name: string, open: (window: Page) => Promise<void>])[] = [
  ['Accueil', (window) => menu(window, 'Accueil')],
  ['Dossiers', (window) => menu(window, 'Dossiers')],
  ['Dossier', openDossier],
  ['Signaler un problème', async (window) => {
    await window.getByRole('button', { name: /^Compte de / }).click();
    await window.getByRole('menuitem', { name: 'Signaler un problème' }).click();
    await window.getByRole('button', { name: 'Préparer le rapport' }).click();
    await expect(window.getByRole('region', { name: 'Texte du rapport' })).toBeVisible();
  }],
  ['Listes de pièces', async (window) => {
    await menu(window, 'Réglages');
    await window.getByRole('region', { name: 'Listes de pièces' }).getByRole('button', { name: 'Ouvrir' }).click();
    await expect(window.getByRole('button', { name: 'Ajouter une pièce' })).toBeVisible();
  }],
  ['Entreprise', openCompany],
  ['Documents', openDocuments],
  ['Document fourni', async (window) => {
    await openDocuments(window);
    await steps.supplyPdf(window, 'attestation-recue.pdf', steps.emptyPdf);
    await expect(window.getByRole('heading', { name: 'attestation-recue.pdf', level: 1 })).toBeVisible();
  }],
  ['Fin de conservation', async (window) => {
    await menu(window, 'Dossiers');
    await window.getByRole('button', { name: 'Fin de conservation' }).click();
    await expect(window.getByRole('heading', { name: 'Fin de conservation', level: 1 })).toBeVisible();
  }],
  ['Rechercher', async (window) => {
    await menu(window, 'Rechercher');
    await window.getByLabel('Code postal ou département').fill('21');
    await expect(window.getByRole('table', { name: 'Entreprises trouvées' })).toBeVisible();
  }],
  ['Lots', (window) => menu(window, 'Lots')],
  ['Nouveau lot', newBatch],
  ['Nouveau lot, lignes', async (window) => {
    await newBatch(window);
    await window.getByLabel(/^Un identifiant par ligne/).fill(steps.candidateList);
    await window.getByRole('button', { name: 'Lire ce texte' }).click();
    await window.getByRole('tab', { name: /^Mises de côté/ }).click();
    await expect(window.getByRole('button', { name: 'Corriger la ligne 8' })).toBeVisible();
  }],
  ['Nouveau lot, données', async (window) => {
    await newBatch(window);
    await window.getByLabel(/^Un identifiant par ligne/).fill(steps.candidateList);
    await window.getByRole('button', { name: 'Lire ce texte' }).click();
    await window.getByRole('button', { name: /^Continuer avec/ }).click();
    await expect(window.getByRole('radio', { name: /^Tout de suite/ })).toBeVisible();
  }],
  ['Lot', async (window) => {
    await launchBatch(window);
    await expect(window.getByRole('button', { name: 'Exporter' })).toBeVisible();
  }],
  ['Historique', (window) => menu(window, 'Historique')],
  ['Historique, filtres', moreFilters],
  ['Historique, vérifier', async (window) => {
    await tab(window, 'Vérifier');
    await window.getByRole('button', { name: 'Vérifier', exact: true }).click();
    await expect(window.getByText('L’historique est intact')).toBeVisible();
  }],
  ['Historique, réponse à un contrôle', async (window) => {
    await tab(window, 'Réponse à un contrôle');
    await window.getByLabel('Identifiants d’appel').fill('inconnu-1');
    await window.getByRole('button', { name: /^Rechercher 1/ }).click();
    await expect(window.getByText('Aucun de ces appels ne vient de ce poste.')).toBeVisible();
  }],
  ['Historique, statistiques', async (window) => {
    await tab(window, 'Statistiques');
    await expect(window.getByRole('heading', { name: 'Répartition' })).toBeVisible();
  }],
  ['Historique, conservation', async (window) => {
    await tab(window, 'Conservation');
    await expect(window.getByRole('region', { name: 'Fiche du registre' })).toBeVisible();
  }],
  ['Quota', (window) => menu(window, 'Quota')],
  ['Habilitations', (window) => menu(window, 'Habilitations')],
  ['Agents', (window) => menu(window, 'Agents')],
  ['Premiers pas', (window) => menu(window, 'Premiers pas')],
  ['Mon compte', async (window) => {
    await window.getByRole('button', { name: /^Compte de/ }).click();
    await window.getByRole('menuitem', { name: 'Mon compte' }).click();
    await expect(window.getByRole('heading', { name: 'Mon compte', level: 1 })).toBeVisible();
  }],
  ['Diagnostic', async (window) => {
    await menu(window, 'Diagnostic');
    await window.getByRole('button', { name: 'Tout vérifier' }).click();
    await expect(window.getByRole('button', { name: 'Tout vérifier' })).toBeEnabled();
    await expect(window.getByText('Il reste')).not.toHaveCount(0);
  }],
  ['Réglages', (window) => menu(window, 'Réglages')],
  ['Habilitation', openHabilitation],
];

/** What every screen needs to show something: an account, a dossier, a company, its data and a document. */
export async function furnish(window: Page): Promise<void> {
  await steps.createFirstAccount(window);
  await steps.createDossier(window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await steps.addCompany(window, 'Atelier');
  await steps.consultAll(window);
  await window.getByRole('button', { name: /^Télécharger : / }).first().click();
  await expect(window.getByRole('button', { name: /^Voir : / }).first()).toBeVisible();
}

export async function menu(window: Page, screen: string): Promise<void> {
  const opener = window.getByRole('button', { name: 'Ouvrir le menu' });
  if (await opener.isVisible()) await opener.click();
  await steps.goTo(window, screen);
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
}

export async function tab(window: Page, name: string): Promise<void> {
  await menu(window, 'Historique');
  await window.getByRole('tab', { name }).click();
}

/** Shows all the filters of the journal. */
export async function moreFilters(window: Page): Promise<void> {
  await menu(window, 'Historique');
  const more = window.getByRole('button', { name: /^Plus de filtres/ });
  if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click();
  await expect(window.getByLabel('SIREN ou SIRET')).toBeVisible();
}

/** One that was launched before. */
export async function openBatch(window: Page): Promise<void> {
  await menu(window, 'Lots');
  await window.getByRole('main').getByRole('listitem').getByRole('button').first().click();
  await expect(window.getByRole('button', { name: 'Exporter' })).toBeVisible();
}

export async function launchBatch(window: Page): Promise<void> {
  await newBatch(window);
  await window.getByLabel(/^Un identifiant par ligne/).fill(steps.candidateList);
  await window.getByRole('button', { name: 'Lire ce texte' }).click();
  await steps.planBatch(window, 'Rénovation de l’école du centre');
  await window.getByRole('button', { name: /^Lancer les/ }).click();
}

/** The first step, whatever an earlier visit has prepared. */
export async function newBatch(window: Page): Promise<void> {
  await menu(window, 'Lots');
  await window.getByRole('button', { name: 'Nouveau lot' }).first().click();
  await expect(window.getByRole('group', { name: /^Étape \d sur 4/ })).toBeVisible();
  for (const back of ['Retour aux données', 'Retour aux lignes', 'Autre liste']) {
    const button = window.getByRole('button', { name: back });
    if (await button.isVisible()) await button.click();
  }
  await expect(window.getByRole('button', { name: 'Choisir un fichier' })).toBeVisible();
}

export async function openDossier(window: Page): Promise<void> {
  await menu(window, 'Dossiers');
  await window.getByRole('list', { name: 'Dossiers' }).getByRole('button').first().click();
  await expect(window.getByRole('list', { name: 'Entreprises du dossier' })).toBeVisible();
}

export async function openCompany(window: Page): Promise<void> {
  await openDossier(window);
  await window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button').first().click();
  await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
}

export async function openDocuments(window: Page): Promise<void> {
  await openDossier(window);
  await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
  await expect(window.getByRole('heading', { name: /Documents/, level: 1 })).toBeVisible();
}

export async function openDocument(window: Page): Promise<void> {
  await openDocuments(window);
  await window.getByRole('button', { name: /^Voir : / }).first().click();
  await expect(window.getByRole('toolbar', { name: 'Lecture du document' })).toBeVisible();
}

export async function openHabilitation(window: Page): Promise<void> {
  await menu(window, 'Habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button').first().click();
  await expect(window.getByRole('region', { name: /jeton/i }).first()).toBeVisible();
}
