import { expect, type Page } from '@playwright/test';

import { menu, openDossier } from '../screens';
import { standIn } from '../stand-in';
import { ask, type Dialog, dialog, expectDialog, expectMenuItem, firstDossierId } from './dialog';

async function moreOfDossier(window: Page): Promise<void> {
  await openDossier(window);
  await window.getByRole('button', { name: 'Autres actions sur le dossier' }).click();
}

async function openPieceLists(window: Page): Promise<void> {
  await menu(window, 'Réglages');
  await window.getByRole('region', { name: 'Listes de pièces' }).getByRole('button', { name: 'Ouvrir' }).click();
}

const dueDossier = {
  dossierId: 'clos', title: 'Subvention 2023', habilitationTitle: 'Habilitation d’essai', closedAt: '2023-01-10T09:00:00.000Z',
  retentionMonths: 24, dueOn: '2025-01-10', isDue: true, holdings: { documents: 4, answers: 12, suppliedFiles: 1, batches: 0 },
};

export const dossiers: readonly Dialog[] = [
  dialog('features/dossiers/dossier-form.tsx', 'Nouveau dossier', async (window) => {
    await menu(window, 'Dossiers');
    await window.getByRole('button', { name: 'Nouveau dossier' }).first().click();
    await expect(window.getByLabel('Titre', { exact: true })).toBeVisible();
  }),
  dialog('features/dossiers/dossier-form.tsx', 'Modifier un dossier', async (window) => {
    await openDossier(window);
    await window.getByRole('main').getByRole('button', { name: 'Modifier', exact: true }).click();
    await expect(window.getByRole('dialog').getByLabel('Titre', { exact: true })).toBeVisible();
  }),
  dialog('features/dossiers/dossier-screen.tsx', 'Autres actions sur un dossier', async (window) => {
    await moreOfDossier(window);
    await expectMenuItem(window, 'Dupliquer');
  }),
  dialog('features/dossiers/close-dialog.tsx', 'Clore un dossier', async (window) => {
    await moreOfDossier(window);
    await window.getByRole('menuitem', { name: /^Clore/ }).click();
    await expect(window.getByRole('dialog', { name: 'Clore le dossier' }).getByRole('button', { name: /^Clore/ })).toBeVisible();
  }),
  dialog('features/retention/delete-dossier.tsx', 'Supprimer un dossier', async (window) => {
    const { id } = await ask<{ id: string }>(window, 'dossiers.duplicate', { id: await firstDossierId(window) });
    await ask(window, 'dossiers.setState', { id, state: 'closed' });
    await menu(window, 'Dossiers');
    await window.getByRole('button', { name: 'Fin de conservation' }).click();
    await window.getByRole('table', { name: /^Dossiers clos/ }).getByRole('button').first().click();
    await window.getByRole('button', { name: 'Autres actions sur le dossier' }).click();
    await window.getByRole('menuitem', { name: 'Supprimer…' }).click();
    await expectDialog(window, /^Supprimer ce dossier/);
  }),
  dialog('features/retention/retention-screen.tsx', 'Supprimer les dossiers échus', async (window, running) => {
    await standIn(running, { 'retention.preview': [dueDossier] });
    await menu(window, 'Dossiers');
    await window.getByRole('button', { name: 'Fin de conservation' }).click();
    await window.getByRole('button', { name: 'Supprimer maintenant…' }).click();
    await expectDialog(window, /^Supprimer 1 dossier/);
  }),
  dialog('features/dossiers/piece-dialog.tsx', 'Pièce d’un dossier', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: /^Régularité fiscale, / }).first().click();
    await expect(window.getByText('Pièce envoyée par la structure')).toBeVisible();
  }),
  dialog('features/dossiers/letter-dialog.tsx', 'Courrier', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: /^Courrier à / }).first().click();
    await expect(window.getByLabel('Texte du courrier')).toBeVisible();
  }),
  dialog('features/dossiers/gather-button.tsx', 'Tout récupérer', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: /^Tout récupérer/ }).click();
    await expectDialog(window, /^Tout récupérer/);
  }),
  dialog('features/dossiers/piece-lists-screen.tsx', 'Revenir au modèle d’une liste', async (window) => {
    const lists = await ask<readonly { list: { procedure: string; soonDays: number } }[]>(window, 'completeness.lists');
    const shown = lists.find(({ list }) => list.procedure === 'marches_attribution');
    await ask(window, 'completeness.saveList', { list: { ...shown?.list, soonDays: 45 } });
    await openPieceLists(window);
    await window.getByRole('button', { name: 'Revenir au modèle' }).click();
    await expectDialog(window, 'Revenir au modèle');
  }),
  dialog('features/dossiers/piece-lists-screen.tsx', 'Abandonner les changements d’une liste', async (window) => {
    await openPieceLists(window);
    await window.getByLabel(/Expire bientôt/).fill('33');
    await window.getByRole('button', { name: 'Abandonner les changements' }).click();
    await expectDialog(window, /^Abandonner les changements/);
  }),
  dialog('components/export-menu.tsx', 'Exporter un dossier', async (window) => {
    await openDossier(window);
    await window.getByRole('button', { name: 'Exporter' }).click();
    await expectMenuItem(window, 'Archive ZIP');
  }),
  dialog('features/search/company-search.tsx', 'Entreprises proposées', async (window) => {
    await openDossier(window);
    await window.getByLabel('Ajouter une entreprise').fill('Atelier');
    await expect(window.getByRole('option').first()).toBeVisible();
  }),
  dialog('features/search/company-opening.tsx', 'Pour quel dossier', async (window) => {
    await menu(window, 'Rechercher');
    await window.getByLabel('Code postal ou département').fill('21');
    await window.getByRole('table', { name: 'Entreprises trouvées' }).getByRole('button').first().click();
    await expectDialog(window, /^Pour quel dossier/);
  }),
];
