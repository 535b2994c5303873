import { expect, type Page } from '@playwright/test';

import type { RunningApp } from '../app';
import { newBatch, openBatch } from '../screens';
import { standIn } from '../stand-in';
import * as steps from '../steps';
import { ask, type Dialog, dialog, expectDialog, expectMenuItem } from './dialog';

/** The batch as if it had been paused: there is something left to cancel. */
async function pausedBatch(window: Page, running: RunningApp): Promise<void> {
  const { batches } = await ask<{ batches: readonly { id: string }[] }>(window, 'batches.list', { offset: 0, limit: 1 });
  const batch = await ask<Record<string, unknown>>(window, 'batches.get', { id: batches[0]?.id });
  await standIn(running, { 'batches.get': { ...batch, state: 'paused' } });
  await openBatch(window);
  await window.getByRole('button', { name: 'Autres actions sur le lot' }).click();
}

export const batches: readonly Dialog[] = [
  dialog('features/batches/aside-dialog.tsx', 'Corriger une ligne mise de côté', async (window) => {
    await newBatch(window);
    await window.getByLabel(/^Un identifiant par ligne/).fill(steps.candidateList);
    await window.getByRole('button', { name: 'Lire ce texte' }).click();
    await window.getByRole('tab', { name: /^Mises de côté/ }).click();
    await window.getByRole('button', { name: 'Corriger la ligne 8' }).click();
    await expectDialog(window, 'Corriger la ligne 8');
  }),
  dialog('components/export-menu.tsx', 'Exporter un lot', async (window) => {
    await openBatch(window);
    await window.getByRole('button', { name: 'Exporter' }).click();
    await expectMenuItem(window, /./);
  }),
  dialog('features/batches/export-batch.tsx', 'Champs du tableau d’un lot', async (window) => {
    await openBatch(window);
    await window.getByRole('button', { name: 'Exporter' }).click();
    await window.getByRole('menuitem', { name: /CSV/ }).click();
    await expect(window.getByRole('dialog', { name: 'Champs du tableau' }).getByRole('checkbox').first()).toBeVisible();
  }),
  dialog('features/batches/item-dialog.tsx', 'Un appel d’un lot', async (window) => {
    await openBatch(window);
    await window.locator('.batch-cell').first().click();
    await expect(window.getByRole('dialog')).toBeVisible();
  }),
  dialog('features/batches/batch-actions.tsx', 'Autres actions sur un lot', async (window) => {
    await openBatch(window);
    await window.getByRole('button', { name: 'Autres actions sur le lot' }).click();
    await expectMenuItem(window, /^Oublier ce lot/);
  }),
  dialog('features/batches/batch-actions.tsx', 'Annuler ce qui reste d’un lot', async (window, running) => {
    await pausedBatch(window, running);
    await window.getByRole('menuitem', { name: /^Annuler ce qui reste/ }).click();
    await expectDialog(window, 'Annuler ce qui reste');
  }),
  dialog('features/batches/batch-actions.tsx', 'Oublier un lot', async (window) => {
    await openBatch(window);
    await window.getByRole('button', { name: 'Autres actions sur le lot' }).click();
    await window.getByRole('menuitem', { name: /^Oublier ce lot/ }).click();
    await expectDialog(window, 'Oublier ce lot');
  }),
];
