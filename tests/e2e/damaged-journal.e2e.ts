import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { middlePage, overwritePage } from '../support/damage';
import { addCompany, consultAll, createDossier, firstAccount, launchWithAccount, signIn } from '../support/steps';

let running: RunningApp;

test.afterAll(() => discardApp(running));

test('a journal damaged in the middle is told on screen, without a new start', async () => {
  running = await launchWithAccount();
  await createDossier(running.window, { title: 'Réfection du préau', object: 'MP-2026-014' });
  await addCompany(running.window, 'Atelier');
  await consultAll(running.window);
  const { userData } = running;
  await running.close();
  const path = join(userData, 'journal.db');
  overwritePage(path, middlePage(path, 'call.'));
  running = await launchApp({ userData });
  await waitUntilReady(running.window);
  await signIn(running.window, firstAccount.login, firstAccount.password);
  const notices = running.window.getByRole('region', { name: 'Avis' });
  await expect(notices.getByText(/Le fichier de l’historique est endommagé\s: les appels sont suspendus/)).toBeVisible();
});
