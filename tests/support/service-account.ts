import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { type LaunchOptions, launchApp, waitUntilReady } from './app';
import { account } from './workstation';

export const SERVICE_LOGIN = 'lots-de-nuit';

async function call<T>(page: Page, channel: string, input: unknown): Promise<T> {
  const result = await page.evaluate(([name, value]) => window.instruire.call(name, value), [channel, input] as const);
  if (!result.ok) throw new Error(`${channel}: ${result.error.message}`);
  return result.value as T;
}

export interface PreparedService {
  readonly dossierId: string;
  readonly secretFile: string;
  /** What the command line says of the account. */
  readonly options: readonly string[];
}

/** What the responsable does once, on screen: a service account, a dossier; its secret goes to a file of the account's own. */
export async function prepareService(options: LaunchOptions & { readonly userData: string }): Promise<PreparedService> {
  const running = await launchApp(options);
  try {
    await waitUntilReady(running.window);
    await call(running.window, 'session.createFirstAccount', account);
    const { temporaryPassword } = await call<{ temporaryPassword: string }>(running.window, 'agents.create', {
      ...{ login: SERVICE_LOGIN, displayName: 'Lots de nuit', organisation: account.organisation, role: 'service' },
    });
    const [habilitation] = await call<{ id: string; contexts: string[]; recipients: string[] }[]>(running.window, 'habilitations.list', undefined);
    const { id: dossierId } = await call<{ id: string }>(running.window, 'dossiers.create', {
      ...{ title: 'Marché de nuit', habilitationId: habilitation?.id, useCase: 'marches_publics', object: 'MP-2026-014' },
      ...{ context: habilitation?.contexts[0], recipient: habilitation?.recipients[0] },
    });
    const secretFile = join(options.userData, 'secret');
    writeFileSync(secretFile, temporaryPassword, { mode: 0o600 });
    return { dossierId, secretFile, options: ['--compte', SERVICE_LOGIN, '--secret', secretFile] };
  } finally {
    await running.close();
  }
}
