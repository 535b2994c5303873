import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from '@playwright/test';

import { discardApp, launchApp, type RunningApp, waitUntilReady } from '../support/app';
import { hostilePdfs } from '../support/hostile-pdfs';
import { addCompany, createDossier, createFirstAccount, goTo, supplyPdf } from '../support/steps';

let running: RunningApp;
let trap: Server;
/** What anything fetched from the trap. */
const caught: string[] = [];

test.beforeAll(async () => {
  trap = createServer((request, response) => {
    caught.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  running = await launchApp();
  await waitUntilReady(running.window);
  await createFirstAccount(running.window);
  await createDossier(running.window, { title: 'Rénovation de l’école du centre', object: 'MAPA-2026-014' });
  await addCompany(running.window, 'vallon bleu');
});

test.afterAll(async () => {
  await discardApp(running);
  await new Promise((resolve) => trap.close(resolve));
});

async function openDocuments(): Promise<void> {
  const { window } = running;
  await goTo(window, 'Dossiers');
  await window.getByRole('list', { name: 'Dossiers' }).getByRole('button').first().click();
  await window.getByRole('main').getByRole('button', { name: 'Documents' }).click();
  await expect(window.getByRole('group', { name: 'Déposer un document' })).toBeVisible();
}

/** A document that main refused or that the reader gave up: a sentence says why. */
const refusals = /il n’a pas été déposé|Redemandez-le à la structure|ne peut pas être affiché/;

/** Watches, while `act` runs, for anything that a document could have run or called. */
async function expectNothingRan(act: (trapUrl: string) => Promise<void>): Promise<void> {
  const { window, app } = running;
  const asked: string[] = [];
  const dialogs: string[] = [];
  window.on('request', (request) => asked.push(request.url()));
  window.on('dialog', (dialog) => dialogs.push(dialog.message()));
  await act(`http://127.0.0.1:${(trap.address() as AddressInfo).port}`);
  expect(asked.filter((url) => !/^(app|blob|data):/.test(url))).toEqual([]);
  expect({ caught, dialogs, windows: app.windows().length }).toEqual({ caught: [], dialogs: [], windows: 1 });
}

/** The window still answers: another screen opens at a click. */
async function expectWindowAlive(): Promise<void> {
  await goTo(running.window, 'Accueil');
  await expect(running.window).toHaveTitle(/^Accueil/);
}

test('no hostile PDF that is handed over runs, calls, or holds the window up: it is shown, or a sentence says why not', async () => {
  test.setTimeout(300_000);
  const { window } = running;
  await expectNothingRan(async (trapUrl) => {
    for (const { name, bytes } of hostilePdfs(trapUrl)) {
      await test.step(name, async () => {
        await openDocuments();
        await supplyPdf(window, 'remis.pdf', bytes);
        const shown = window.getByRole('img', { name: 'Page 1', exact: true });
        await expect(shown.or(window.getByRole('alert').filter({ hasText: refusals })).first(), name).toBeVisible({ timeout: 45_000 });
        await expectWindowAlive();
      });
    }
  });
});
