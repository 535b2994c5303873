import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from '@playwright/test';

import { discardApp, launchApp, projectRoot, type RunningApp, waitUntilReady } from '../support/app';
import { furnish, menu, openCompany, openDossier } from '../support/screens';
import { type Spoken, spokenOn } from '../support/spoken';

interface Heard {
  readonly role: string;
  readonly name: string;
  readonly description: string;
}

/** The same thing, as Chromium names it and as the bus does. */
const ROLES: readonly (readonly [chromium: readonly string[], bus: readonly string[]])[] = [
  [['button'], ['push button', 'toggle button']],
  [['link'], ['link']],
  [['heading'], ['heading']],
  [['textbox', 'searchbox'], ['entry', 'password text']],
  [['tab'], ['page tab']],
  [['table', 'grid'], ['table']],
  [['columnheader'], ['column header']],
  [['navigation', 'region', 'complementary', 'search'], ['landmark']],
];

let running: RunningApp;

test.beforeAll(async () => {
  // As with a screen reader under way, which the bus tells the program of.
  running = await launchApp({ args: ['--force-renderer-accessibility'], env: { ACCESSIBILITY_ENABLED: '1' } });
  await waitUntilReady(running.window);
});

test.afterAll(() => discardApp(running));

async function heardOnBus(): Promise<readonly Heard[]> {
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [join(projectRoot, 'tests/support/at-spi.py'), String(running.app.process().pid)], { timeout: 30_000, maxBuffer: 64 * 1_024 * 1_024 });
  return JSON.parse(stdout) as readonly Heard[];
}

/** Names by kind, and whatever would be said twice. */
function summary(things: readonly Pick<Heard, 'role' | 'name'>[], side: 0 | 1): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(ROLES.map((roles) => [roles[1][0], things.filter(({ role, name }) => roles[side].includes(role) && name !== '').map(({ name }) => name).sort()]));
}

async function difference(): Promise<unknown> {
  const before: readonly Spoken[] = await spokenOn(running.window);
  const onBus = await heardOnBus();
  const twice = onBus.filter(({ name, description }) => description !== '' && description === name).map(({ role, name }) => `${role} « ${name} »`);
  const unnamed = onBus.filter(({ role, name }) => ['push button', 'toggle button', 'link', 'entry', 'combo box', 'check box', 'radio button'].includes(role) && name.trim() === '').map(({ role }) => role);
  const [expected, heard] = [summary(before, 0), summary(onBus, 1)];
  const kinds = Object.keys(expected).filter((kind) => JSON.stringify(expected[kind]) !== JSON.stringify(heard[kind]));
  return { buttons: (heard['push button'] ?? []).length > 0, twice, unnamed, kinds: Object.fromEntries(kinds.map((kind) => [kind, { chromium: expected[kind], bus: heard[kind] }])) };
}

/** The bus is told after the window: it is read until both tell the same. */
async function expectSameOnBus(screen: string): Promise<void> {
  await expect.poll(difference, { message: screen, timeout: 30_000 }).toEqual({ buttons: true, twice: [], unnamed: [], kinds: {} });
}

test('the bus that screen readers listen to gives each main screen as Chromium does, nothing unnamed nor said twice', async () => {
  test.setTimeout(240_000);
  const { window } = running;
  await expectSameOnBus('Connexion');
  await furnish(window);
  await openCompany(window);
  await expectSameOnBus('Entreprise');
  await openDossier(window);
  await expectSameOnBus('Dossier');
  await menu(window, 'Historique');
  await expectSameOnBus('Historique');
});
