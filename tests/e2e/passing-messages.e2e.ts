import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { hiddenFocus } from '../support/accessibility';
import { discardApp, type RunningApp } from '../support/app';
import { dialogs } from '../support/dialogs';
import { launchForDialogs, leave } from '../support/dialogs/walk';
import { WIDTH, zoom } from '../support/measures';
import { openCompany, screens } from '../support/screens';
import { standIn } from '../support/stand-in';
import * as steps from '../support/steps';

let folder: string;
let running: RunningApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'messages-'));
  running = await launchForDialogs();
});

test.afterAll(async () => {
  await discardApp(running);
  rmSync(folder, { recursive: true, force: true });
});

/** Two messages, as a hand on the mouse may keep them: they do not go by themselves. */
async function showLastingMessages(): Promise<void> {
  const { window } = running;
  await openCompany(window);
  const save = () => window.getByRole('button', { name: /^Enregistrer sous : / }).first().click();
  await window.evaluate(() => {
    const later = globalThis.setTimeout;
    const SHORTEST_MESSAGE_MS = 8_000;
    globalThis.setTimeout = ((act: () => void, milliseconds?: number) => ((milliseconds ?? 0) >= SHORTEST_MESSAGE_MS ? 0 : later(act, milliseconds))) as typeof setTimeout;
  });
  await steps.answerSaveDialog(running, join(folder, 'attestation.pdf'));
  await save();
  await expect(messages(window)).toHaveCount(1);
  await steps.answerSaveDialog(running, join(folder, 'absent', 'attestation.pdf'));
  await save();
  await expect(messages(window)).toHaveCount(2);
}

function messages(window: Page) {
  return window.locator('.mantine-Notification-root');
}

/** The room made for the messages follows their size, a frame later. */
function nextFrames(window: Page): Promise<void> {
  return window.evaluate(() => new Promise<void>((drawn) => { requestAnimationFrame(() => requestAnimationFrame(() => drawn())); }));
}

/** What takes the focus under the messages, at the usual width and at 320 CSS pixels. */
async function hiddenAtBothWidths(name: string, width = WIDTH): Promise<Readonly<Record<string, readonly string[]>>> {
  const { window } = running;
  const found: Record<string, readonly string[]> = { [name]: await hiddenFocus(window) };
  // A menu whose button a zoom puts out of sight goes with it.
  if ((await window.locator('[role="menu"]:visible, [role="listbox"]:visible').count()) === 0) {
    await zoom(running, 4);
    await nextFrames(window);
    found[`${name}, 320 CSS pixels`] = await hiddenFocus(window);
    await zoom(running, 1, width);
  }
  return Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0));
}

test('what has the focus comes out from under a message that arrives', async () => {
  const { window } = running;
  await openCompany(window);
  await zoom(running, 4);
  const save = window.getByRole('button', { name: /^Enregistrer sous : / }).first();
  await save.focus();
  // At the very bottom of the window, where the message will be.
  await save.evaluate((button) => globalThis.scrollBy(0, button.getBoundingClientRect().bottom - innerHeight + 4));
  const bottomOf = () => save.evaluate((button) => Math.round(innerHeight - button.getBoundingClientRect().bottom));
  expect(await bottomOf()).toBe(4);
  await steps.answerSaveDialog(running, join(folder, 'autre.pdf'));
  await window.keyboard.press('Enter');
  await expect(messages(window)).toHaveCount(1);
  await expect.poll(() => save.evaluate((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    return button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  })).toBe(true);
  await zoom(running, 1);
  // It goes by itself, unless the pointer is on it.
  await window.mouse.move(0, 0);
  await expect(messages(window)).toHaveCount(0);
});

test('passing messages hide nothing that has the focus, on any screen', async () => {
  test.setTimeout(300_000);
  const { window } = running;
  await showLastingMessages();
  const faults: Record<string, readonly string[]> = {};
  for (const [name, open] of screens) {
    await open(window);
    await nextFrames(window);
    Object.assign(faults, await hiddenAtBothWidths(name));
    await window.keyboard.press('Escape');
  }
  expect(faults).toEqual({});
  await expect(messages(window)).toHaveCount(2);
});

test('passing messages are not printed', async () => {
  const { window } = running;
  await openCompany(window);
  await expect(messages(window).first()).toBeVisible();
  await window.emulateMedia({ media: 'print' });
  await expect(messages(window).first()).toBeHidden();
  await window.emulateMedia({ media: null });
});

test('passing messages hide nothing that has the focus, in any dialog', async () => {
  test.setTimeout(300_000);
  const faults: Record<string, readonly string[]> = {};
  for (const dialog of dialogs) {
    const { name, open, width = WIDTH } = dialog;
    if (width !== WIDTH) await zoom(running, 1, width);
    await open(running);
    Object.assign(faults, await hiddenAtBothWidths(name, width));
    await leave(running, dialog);
    if (width !== WIDTH) await zoom(running, 1);
    await standIn(running, {});
  }
  expect(faults).toEqual({});
});
