import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, launchApp, waitUntilReady } from '../support/app';
import { createDossier, createFirstAccount } from '../support/steps';

test('without a keychain the sandbox works and a real token is refused, in words', async () => {
  const running = await launchApp({ passwordStore: 'basic' });
  const page = running.window;
  try {
    await waitUntilReady(page);
    await expect(page.getByText('Aucun trousseau système sur ce poste').first()).toBeVisible();
    await createFirstAccount(page);
    await createDossier(page, { title: 'Sans trousseau', object: 'ESSAI-1' });
    const answer = await page.evaluate(async () => {
      const call = (channel: string, input: unknown) => window.instruire.call(channel, input);
      const draft = {
        title: 'Aides à l’investissement',
        environment: 'production',
        recipients: ['99900012800010'],
        contexts: ['Aides publiques'],
        useCases: ['aides_publiques'],
      };
      const created = (await call('habilitations.create', draft)) as { ok: boolean; value: { id: string } };
      // Shaped like a token, signed by nobody.
      const part = (value: object) => btoa(JSON.stringify(value)).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_');
      const token = `${part({ alg: 'HS256' })}.${part({ uid: crypto.randomUUID(), scopes: ['entreprises'], exp: 4_102_444_800 })}.c2lnbmF0dXJl`;
      return call('habilitations.setToken', { id: created.value.id, token });
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'refused' } });
    expect(answer.ok ? '' : answer.error.message).toMatch(/trousseau|secours/);
    const keyFile = join(running.userData, 'cle-non-protegee-bac-a-sable.key');
    expect(existsSync(keyFile)).toBe(true);
    expect(statSync(keyFile).mode & 0o077).toBe(0);
  } finally {
    await discardApp(running);
  }
});
