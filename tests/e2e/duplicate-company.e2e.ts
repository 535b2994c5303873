import { expect, test } from '@playwright/test';

import { sandboxCompanies } from '../../electron/sandbox';
import { formatIdentifier } from '../../shared/domain/identifiers';
import { discardApp, type RunningApp } from '../support/app';
import { addCompany, consultAll, createDossier, launchWithAccount } from '../support/steps';

let running: RunningApp;

test.afterAll(() => discardApp(running));

test('a company that the Insee holds for a duplicate leads to the one that replaces it', async () => {
  running = await launchWithAccount();
  const { window } = running;
  const { siren, duplicateSiren } = sandboxCompanies().find((company) => company.duplicateSiren !== null) ?? {};
  if (!siren || !duplicateSiren) throw new Error('the sandbox has no duplicate');
  await createDossier(window, { title: 'Réfection du lavoir', object: 'MP-2026-021' });
  await addCompany(window, duplicateSiren);
  await consultAll(window);
  const notice = window.getByRole('status').filter({ hasText: 'Identifiant remplacé' });
  await expect(notice).toContainText(formatIdentifier(duplicateSiren));
  await expect(notice).toContainText(formatIdentifier(siren));
  await notice.getByRole('button', { name: 'L’ajouter et ouvrir sa fiche' }).click();
  await expect(notice).toBeHidden();
  await expect(window.getByText(formatIdentifier(siren)).first()).toBeVisible();
  await expect(window.getByRole('button', { name: /Tout consulter/ })).toBeVisible();
});
