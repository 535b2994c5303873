import { expect, type Page } from '@playwright/test';

import type { RunningApp } from '../app';

/** Anything that opens over a screen: dialog, drawer, menu, popover, list of choices. */
export interface Dialog {
  /** The file that draws it, inside renderer/. */
  readonly source: string;
  readonly name: string;
  readonly open: (running: RunningApp) => Promise<void>;
  /** For the few that Escape must not close. */
  readonly close?: (window: Page) => Promise<void>;
  /** Width of the window in CSS pixels, for what a narrow one alone has. */
  readonly width?: number;
}

type Open = (window: Page, running: RunningApp) => Promise<void>;

export function dialog(source: string, name: string, open: Open, rest: Pick<Dialog, 'close' | 'width'> = {}): Dialog {
  return { source, name, open: (running) => open(running.window, running), ...rest };
}

export async function expectDialog(window: Page, name: string | RegExp): Promise<void> {
  await expect(window.getByRole('dialog', { name })).toBeVisible();
}

export async function expectMenuItem(window: Page, name: string | RegExp): Promise<void> {
  await expect(window.getByRole('menuitem', { name }).first()).toBeVisible();
}

/** Asks main as the screen would, for what no screen of the path shows. */
export async function ask<T>(window: Page, channel: string, input?: unknown): Promise<T> {
  const answer = await window.evaluate(([name, value]) => globalThis.instruire.call(name as string, value), [channel, input] as const);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value as T;
}

export async function firstDossierId(window: Page): Promise<string> {
  const { dossiers } = await ask<{ dossiers: readonly { id: string }[] }>(window, 'dossiers.list', { state: 'open' });
  return dossiers[0]?.id ?? '';
}
