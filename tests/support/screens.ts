import { expect, type Page } from '@playwright/test';

import * as steps from './steps';

/** How each screen is reached, from anywhere. */
export const screens: readonly (readonly [name: string, open: (window: Page) => Promise<void>])[] = [
  ['Accueil', (window) => menu(window, 'Accueil')],
  ['Dossiers', (window) => menu(window, 'Dossiers')],
  ['Dossier', openDossier],
  ['Pièce d’un dossier', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: /^Régularité fiscale, / }).first().click();
    await expect(window.getByText('Pièce envoyée par l’entreprise')).toBeVisible();
  }],
  ['Courrier', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: /^Courrier à / }).first().click();
    await expect(window.getByLabel('Texte du courrier')).toBeVisible();
  }],
  ['Clore un dossier', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: 'Autres actions sur le dossier' }).click();
    await window.getByRole('menuitem', { name: /^Clore/ }).click();
    await expect(window.getByRole('dialog', { name: 'Clore le dossier' }).getByRole('button', { name: /^Clore/ })).toBeVisible();
  }],
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
  ['Nouveau dossier', async (window) => {
    await menu(window, 'Dossiers');
    await window.getByRole('button', { name: 'Nouveau dossier' }).first().click();
    await expect(window.getByLabel('Titre', { exact: true })).toBeVisible();
  }],
  ['Entreprise', openCompany],
  ['Documents', async (window) => {
    await openDossier(window);
    await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
    await expect(window.getByRole('heading', { name: /Documents/, level: 1 })).toBeVisible();
  }],
  ['Document fourni', async (window) => {
    await openDossier(window);
    await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
    await steps.supplyPdf(window, 'attestation-recue.pdf', Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n'));
    await expect(window.getByRole('heading', { name: 'attestation-recue.pdf', level: 1 })).toBeVisible();
  }],
  ['Exporter un dossier', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: 'Exporter' }).click();
    await expect(window.getByRole('menuitem', { name: 'Archive ZIP' })).toBeVisible();
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
  ['Lecture d’un document', openDocument],
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
  ['Historique, filtres', async (window) => {
    await menu(window, 'Historique');
    await window.getByRole('button', { name: 'Plus de filtres' }).click();
    await expect(window.getByLabel('SIREN ou SIRET')).toBeVisible();
  }],
  ['Historique, détail', async (window) => {
    await menu(window, 'Historique');
    await window.getByRole('button', { name: /^Détail de la ligne/ }).first().click();
    await expect(window.getByRole('heading', { name: 'Preuve' })).toBeVisible();
  }],
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
  ['Raccourcis', async (window) => {
    await menu(window, 'Accueil');
    await window.keyboard.press('?');
    await expect(window.getByRole('dialog', { name: 'Raccourcis clavier' })).toBeVisible();
  }],
  ['Palette', async (window) => {
    await window.keyboard.press('Control+k');
    await expect(window.getByRole('textbox', { name: /^Aller à/ })).toBeVisible();
  }],
  ['Menu du compte', async (window) => {
    await window.getByRole('button', { name: /^Compte de/ }).click();
    await expect(window.getByRole('menuitem', { name: 'Mon compte' })).toBeVisible();
  }],
  ['Modifier un dossier', async (window) => {
    await openDossier(window);
    await window.getByRole('main').getByRole('button', { name: 'Modifier', exact: true }).click();
    await expect(window.getByRole('dialog').getByLabel('Titre', { exact: true })).toBeVisible();
  }],
  ['Tout consulter', async (window) => {
    await openCompany(window);
    await window.getByRole('button', { name: /Tout consulter/ }).click();
    await expect(window.getByRole('button', { name: /^Lancer les/ })).toBeVisible();
  }],
  ['Comparer deux dates', async (window) => {
    await openCompany(window);
    await window.getByRole('button', { name: 'Comparer deux dates' }).click();
    await expect(window.getByRole('dialog', { name: 'Comparer la fiche à deux dates' })).toBeVisible();
  }],
  ['Pour quel dossier', async (window) => {
    await menu(window, 'Rechercher');
    await window.getByLabel('Code postal ou département').fill('21');
    await window.getByRole('table', { name: 'Entreprises trouvées' }).getByRole('button').first().click();
    await expect(window.getByRole('dialog', { name: 'Pour quel dossier ?' })).toBeVisible();
  }],
  ['Habilitation', openHabilitation],
  ['Modifier une habilitation', async (window) => {
    await openHabilitation(window);
    await window.getByRole('main').getByRole('button', { name: 'Modifier', exact: true }).click();
    await expect(window.getByRole('dialog').getByRole('button', { name: 'Enregistrer' })).toBeVisible();
  }],
  ['Jeton compromis', async (window) => {
    await openHabilitation(window);
    await window.getByRole('button', { name: 'Jeton compromis…' }).click();
    await expect(window.getByRole('dialog').getByRole('button', { name: 'Arrêter ce jeton' })).toBeVisible();
  }],
  ['Nouvelle habilitation', async (window) => {
    await menu(window, 'Habilitations');
    await window.getByRole('button', { name: 'Nouvelle habilitation' }).click();
    await expect(window.getByRole('dialog')).toBeVisible();
  }],
  ['Nouveau compte', async (window) => {
    await menu(window, 'Agents');
    await window.getByRole('button', { name: 'Nouveau compte' }).click();
    await expect(window.getByRole('dialog', { name: 'Nouveau compte' })).toBeVisible();
  }],
  ['Actions sur un compte', async (window) => {
    await menu(window, 'Agents');
    await window.getByRole('button', { name: /^Actions sur le compte de/ }).first().click();
    await expect(window.getByRole('menuitem', { name: 'Réinitialiser le mot de passe' })).toBeVisible();
  }],
  ['Réinitialiser un mot de passe', async (window) => {
    await menu(window, 'Agents');
    await window.getByRole('button', { name: /^Actions sur le compte de/ }).first().click();
    await window.getByRole('menuitem', { name: 'Réinitialiser le mot de passe' }).click();
    await expect(window.getByRole('dialog')).toBeVisible();
  }],
  ['Effacer ce poste', async (window) => {
    await menu(window, 'Réglages');
    await window.getByRole('button', { name: 'Effacer toutes les données de ce poste…' }).click();
    await expect(window.getByRole('region', { name: 'Tête de l’historique et son sceau' })).toBeVisible();
  }],
  ['Changer la clé des données', async (window) => {
    await menu(window, 'Réglages');
    await window.getByRole('button', { name: 'Changer la clé…' }).click();
    await expect(window.getByRole('dialog')).toBeVisible();
  }],
];

export async function menu(window: Page, screen: string): Promise<void> {
  const opener = window.getByRole('button', { name: 'Ouvrir le menu' });
  if (await opener.isVisible()) await opener.click();
  await steps.goTo(window, screen);
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
}

async function tab(window: Page, name: string): Promise<void> {
  await menu(window, 'Historique');
  await window.getByRole('tab', { name }).click();
}

async function launchBatch(window: Page): Promise<void> {
  await newBatch(window);
  await window.getByLabel(/^Un identifiant par ligne/).fill(steps.candidateList);
  await window.getByRole('button', { name: 'Lire ce texte' }).click();
  await steps.planBatch(window, 'Rénovation de l’école du centre');
  await window.getByRole('button', { name: /^Lancer les/ }).click();
}

/** The first step, whatever an earlier visit has prepared. */
async function newBatch(window: Page): Promise<void> {
  await menu(window, 'Lots');
  await window.getByRole('button', { name: 'Nouveau lot' }).first().click();
  await expect(window.getByRole('group', { name: /^Étape \d sur 4/ })).toBeVisible();
  for (const back of ['Retour aux données', 'Retour aux lignes', 'Autre liste']) {
    const button = window.getByRole('button', { name: back });
    if (await button.isVisible()) await button.click();
  }
  await expect(window.getByRole('button', { name: 'Choisir un fichier' })).toBeVisible();
}

async function openDossier(window: Page): Promise<void> {
  await menu(window, 'Dossiers');
  await window.getByRole('list', { name: 'Dossiers' }).getByRole('button').first().click();
  await expect(window.getByRole('list', { name: 'Entreprises du dossier' })).toBeVisible();
}

async function openCompany(window: Page): Promise<void> {
  await openDossier(window);
  await window.getByRole('list', { name: 'Entreprises du dossier' }).getByRole('button').first().click();
  await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
}

async function openDocument(window: Page): Promise<void> {
  await openDossier(window);
  await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
  await window.getByRole('button', { name: /^Voir : / }).first().click();
  await expect(window.getByRole('toolbar', { name: 'Lecture du document' })).toBeVisible();
}

async function openHabilitation(window: Page): Promise<void> {
  await menu(window, 'Habilitations');
  await window.getByRole('list', { name: 'Habilitations' }).getByRole('button').first().click();
  await expect(window.getByRole('region', { name: /jeton/i }).first()).toBeVisible();
}
