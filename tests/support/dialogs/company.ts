import { expect, type Page } from '@playwright/test';

import type { RunningApp } from '../app';
import { blankPdf } from '../blank-pdf';
import { openCompany, openDocument, openDocuments } from '../screens';
import { standIn } from '../stand-in';
import * as steps from '../steps';
import { ask, type Dialog, dialog, expectDialog, firstDossierId } from './dialog';

async function scriptedDocument(window: Page, running: RunningApp): Promise<void> {
  const documents = await ask<readonly Record<string, unknown>[]>(window, 'documents.list', { dossierId: await firstDossierId(window) });
  await standIn(running, { 'documents.list': documents.map((document) => ({ ...document, warnings: ['script', 'attachment'] })) });
  await openDocuments(window);
  await window.getByRole('button', { name: /^Ouvrir : / }).first().click();
}

async function choosePages(window: Page, running: RunningApp): Promise<void> {
  await standIn(running, { 'documents.read': { bytes: btoa(blankPdf(170)) } });
  await openDocument(window);
  await window.getByRole('button', { name: /^Imprimer/ }).click();
  await expect(window.getByRole('dialog', { name: 'Pages à imprimer' })).toBeVisible();
}

export const company: readonly Dialog[] = [
  dialog('features/company/consult-all.tsx', 'Tout consulter', async (window) => {
    await openCompany(window);
    await window.getByRole('button', { name: /Tout consulter/ }).click();
    await expect(window.getByRole('button', { name: /^Lancer les/ })).toBeVisible();
  }),
  dialog('features/company/compare-dates.tsx', 'Comparer deux dates', async (window) => {
    await openCompany(window);
    await window.getByRole('button', { name: 'Comparer deux dates' }).click();
    await expectDialog(window, 'Comparer la fiche à deux dates');
  }),
  dialog('features/company/call-justification.tsx', 'Autre justification pour un appel', async (window) => {
    await openCompany(window);
    await window.getByRole('button', { name: /^Autre justification pour un appel/ }).first().click();
    await expect(window.getByLabel('Objet de cet appel')).toBeVisible();
  }),
  dialog('features/company/call-detail.tsx', 'Détail d’un appel', async (window) => {
    await openCompany(window);
    await window.getByRole('button', { name: 'Détail de l’appel' }).first().click();
    await expect(window.getByText('Identifiant de la requête')).toBeVisible();
  }),
  dialog('features/company/add-endpoint.tsx', 'Motif d’une consultation', async (window) => {
    await openCompany(window);
    const list = window.getByRole('combobox', { name: 'Consulter une autre donnée' });
    const option = window.getByText('Non justifiées : motif écrit demandé').locator('xpath=following::*[@role="option"][1]');
    // What is kept fills the sheet card by card: a list that is open moves out of sight with its field, and hides.
    await expect(async () => {
      await list.click();
      await option.click({ timeout: 1_000 });
    }).toPass();
    await expectDialog(window, /pourquoi cette consultation/);
  }),
  dialog('features/documents/document-viewer.tsx', 'Lecture d’un document', openDocument),
  dialog('features/documents/print-button.tsx', 'Pages à imprimer', choosePages, {
    close: async (window) => {
      await window.keyboard.press('Escape');
      await expect(window.getByRole('dialog', { name: 'Pages à imprimer' })).toHaveCount(0);
      await window.getByRole('button', { name: 'Fermer le document' }).click();
    },
  }),
  dialog('features/documents/document-actions.tsx', 'Ouvrir ailleurs un document à script', async (window, running) => {
    await scriptedDocument(window, running);
    await expectDialog(window, /^Ouvrir ce document dans un autre programme/);
  }),
  dialog('features/supplied/supplied-files.tsx', 'Retirer un document fourni', async (window) => {
    await openDocuments(window);
    const remove = window.getByRole('button', { name: /^Retirer : / }).first();
    await expect(remove.or(window.getByRole('group', { name: 'Déposer un document' })).first()).toBeVisible();
    if (!(await remove.isVisible())) {
      await steps.supplyPdf(window, 'attestation-recue.pdf', steps.emptyPdf);
      await expect(window.getByRole('heading', { name: 'attestation-recue.pdf', level: 1 })).toBeVisible();
      await openDocuments(window);
    }
    await remove.click();
    await expectDialog(window, /^Retirer ce document/);
  }),
];
