import { expect } from '@playwright/test';

import { menu, moreFilters, tab } from '../screens';
import { standIn } from '../stand-in';
import * as steps from '../steps';
import { type Dialog, dialog, expectDialog, expectMenuItem } from './dialog';

export const history: readonly Dialog[] = [
  dialog('components/export-menu.tsx', 'Exporter l’historique', async (window) => {
    await menu(window, 'Historique');
    await window.getByRole('button', { name: 'Exporter' }).click();
    await expectMenuItem(window, /./);
  }),
  dialog('features/history/history-filters.tsx', 'Filtre par identifiants d’appel', async (window) => {
    await moreFilters(window);
    await window.getByRole('button', { name: /^Identifiants d’appel/ }).click();
    await expect(window.getByRole('textbox', { name: 'Identifiants d’appel' })).toBeVisible();
  }),
  dialog('features/history/journal-detail.tsx', 'Détail d’une ligne de l’historique', async (window) => {
    await menu(window, 'Historique');
    await window.getByRole('button', { name: /^Détail de la ligne/ }).first().click();
    await expect(window.getByRole('heading', { name: 'Preuve' })).toBeVisible();
  }),
  dialog('features/journal/restore-backup.tsx', 'Restaurer une sauvegarde', async (window, running) => {
    const path = `${running.userData}/sauvegarde-${crypto.randomUUID()}.db`;
    await steps.answerSaveDialog(running, path);
    await tab(window, 'Conservation');
    await window.getByRole('button', { name: 'Sauvegarder l’historique…' }).click();
    await expect(window.getByText(path)).toBeVisible();
    await steps.answerOpenDialog(running, path);
    await window.getByRole('button', { name: 'Restaurer une sauvegarde…' }).click();
    await expect(window.getByRole('dialog', { name: /^Restaurer cette sauvegarde/ })).toContainText('Sauvegarde intacte');
  }),
];

/** What the auditor alone is offered. The workstation is then his: these come last. */
export const auditing: readonly Dialog[] = [
  dialog('features/journal/retention-panel.tsx', 'Effacer les traces échues', async (window, running) => {
    await steps.signInAsAuditor(window);
    await standIn(running, { 'journal.previewPurge': { months: 36, lineCount: 1_240, throughSeq: 5_310, before: 1_700_000_000_000, running: null } });
    await tab(window, 'Conservation');
    await window.getByRole('button', { name: 'Appliquer la fin de conservation…' }).click();
    await expectDialog(window, /^Effacer les traces échues/);
  }),
];
