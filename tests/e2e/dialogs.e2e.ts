import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, projectRoot, type RunningApp } from '../support/app';
import { type Dialog, dialogs } from '../support/dialogs';
import { launchForDialogs, leave } from '../support/dialogs/walk';
import { measured, WIDTH, zoom } from '../support/measures';
import { spokenOn } from '../support/spoken';
import { spokenFaults, spokenOver } from '../support/spoken-faults';
import { standIn } from '../support/stand-in';

let running: RunningApp;

test.beforeAll(async () => {
  running = await launchForDialogs();
});

test.afterAll(async () => {
  await discardApp(running);
});

/** Shapes that others are made of: they are looked at where each of these is drawn. */
const SHARED_SHAPES: ReadonlySet<string> = new Set(['components/confirm-dialog.tsx', 'components/dialog.tsx']);
const OPENS_OVER = /<(?:Dialog|Modal|Modal\.Root|Drawer|Menu|Popover|Combobox|ConfirmDialog|HoverCard|Spotlight)(?=[\s>])/g;

test('every dialog, menu and popover of the sources is in the list that is looked at', async () => {
  const missing: string[] = [];
  for await (const file of glob('**/*.tsx', { cwd: join(projectRoot, 'renderer') })) {
    if (SHARED_SHAPES.has(file)) continue;
    const drawn = readFileSync(join(projectRoot, 'renderer', file), 'utf8').match(OPENS_OVER)?.length ?? 0;
    const listed = dialogs.filter(({ source }) => source === file).length;
    if (listed < drawn) missing.push(`${file}: ${drawn} drawn, ${listed} listed`);
  }
  expect(missing).toEqual([]);
});

/** Keeps, in the page, what was acted upon last: what opened the dialog is the last of them that is still there. */
function watchOpeners(): Promise<void> {
  return running.window.evaluate(() => {
    const page = globalThis as { openers?: Element[] };
    if (page.openers === undefined) {
      for (const kind of ['click', 'focusin'] as const) {
        document.addEventListener(kind, ({ target }) => {
          const control = target instanceof Element ? target.closest('button, input, [role="option"], [tabindex]') : null;
          if (control && control.closest('[role="dialog"], [role="menu"], [role="listbox"]') === null) page.openers?.push(control);
        }, true);
      }
    }
    page.openers = [];
  });
}

/** Whether what is open has the focus; a list of choices leaves it in its field. */
function hasTakenFocus(): Promise<boolean> {
  return running.window.evaluate(() => {
    const { activeElement: focused } = document;
    return focused !== null && (focused.closest('[role="dialog"], [role="menu"]') !== null || focused.getAttribute('aria-haspopup') === 'listbox');
  });
}

/** Where the focus is, in words, when it is not on what opened the dialog; null when it is. */
function focusFault(): Promise<string | null> {
  return running.window.evaluate(() => {
    const { openers = [] } = globalThis as { openers?: Element[] };
    const opener = openers.filter((one) => one.isConnected).at(-1);
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return 'the focus is nowhere';
    return opener === undefined || opener === focused ? null : `the focus is on ${focused.outerHTML.slice(0, 160)}`;
  });
}

/** What can be cancelled asks something: where it starts on a button, ready for Enter, its own description says what, or the button's. */
async function startFaults(): Promise<readonly string[]> {
  const isSilent = await running.window.evaluate(() => {
    const start = document.activeElement;
    const over = start?.closest('[role="dialog"]');
    const isAsking = [...(over?.querySelectorAll('button') ?? [])].some((one) => one.textContent === 'Annuler');
    if (!over || !isAsking || !start?.matches('button') || start.ariaLabel === 'Fermer') return false;
    const told = [over, start].flatMap((one) => (one.getAttribute('aria-describedby') ?? '').split(' ')).map((id) => document.getElementById(id)?.textContent.trim() ?? '');
    return told.join('') === '';
  });
  return isSilent ? ['starts on a button without a word of what it asks'] : [];
}

/** What a screen reader would say wrongly of what has opened. */
async function voiceFaults(): Promise<readonly string[]> {
  const heard = spokenOver(await spokenOn(running.window));
  return heard.length === 0 ? ['nothing says that something has opened'] : [...(await startFaults()), ...spokenFaults(heard)];
}

/** Goes out by the last thing that takes the focus, then by the first: what lies behind must not be reached. A list of choices is walked from its field. */
async function wayOutFaults(): Promise<readonly string[]> {
  const { window } = running;
  const faults: string[] = [];
  for (const [place, key] of [[-1, 'Tab'], [0, 'Shift+Tab']] as const) {
    const isWalked = await window.evaluate((rank) => {
      const over = [...document.querySelectorAll('[role="dialog"], [role="menu"]')].filter((one) => one.checkVisibility()).at(-1);
      const stops = [...(over?.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]') ?? [])].filter((one) => one.checkVisibility() && !one.matches(':disabled') && (one.tabIndex >= 0 || one.role === 'menuitem'));
      stops.at(rank)?.focus();
      return stops.length > 0;
    }, place);
    if (!isWalked) continue;
    await window.keyboard.press(key);
    const reached = await window.evaluate(() => (document.activeElement?.closest('[role="dialog"], [role="menu"]') ? null : document.activeElement?.outerHTML.slice(0, 160)));
    if (reached !== null) faults.push(`${key} leads out of it, to ${reached}`);
  }
  return faults;
}

async function lookAt(dialog: Dialog): Promise<Readonly<Record<string, readonly string[]>>> {
  const { name, open, width = WIDTH } = dialog;
  if (width !== WIDTH) await zoom(running, 1, width);
  await watchOpeners();
  await open(running);
  await expect.poll(hasTakenFocus, { message: name }).toBe(true);
  // First: a menu whose button a zoom puts out of sight hides, and comes back in its own time.
  const found = { [`${name}, read aloud`]: await voiceFaults(), ...(await measured(running, name, width)), [`${name}, way out`]: await wayOutFaults() };
  const faults = Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0));
  await leave(running, dialog);
  await expect.poll(focusFault, { timeout: 3_000 }).toBe(null).catch(() => undefined);
  const lost = await focusFault();
  if (width !== WIDTH) await zoom(running, 1);
  await standIn(running, {});
  return lost === null ? faults : { ...faults, [`${name}, focus given back`]: [lost] };
}

for (const part of [0, 1, 2, 3]) {
  test(`no dialog has an accessibility fault, and each gives the focus back to what opened it (part ${part + 1} of 4)`, async () => {
    test.setTimeout(300_000);
    const faults: Record<string, readonly string[]> = {};
    for (const dialog of dialogs.filter((_, rank) => Math.floor((4 * rank) / dialogs.length) === part)) {
      await test.step(dialog.name, async () => void Object.assign(faults, await lookAt(dialog)));
    }
    expect(faults).toEqual({});
  });
}
