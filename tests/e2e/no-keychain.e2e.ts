import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '@playwright/test';

import { discardApp, electronCommand, launchApp, waitUntilReady } from '../support/app';
import { addCompany, consultAll, createDossier, createFirstAccount, firstAccount, goTo, launchWithAccount, signIn } from '../support/steps';

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

/** Starts without the keychain that the data were sealed by, waits for the system's own message, and leaves it there until the session ends. */
async function startInVain(userData: string): Promise<void> {
  const { executable, args, env } = await electronCommand({ userData, passwordStore: 'basic' });
  const app = spawn(executable, args, { env, stdio: 'ignore' });
  const ended = once(app, 'exit');
  try {
    const log = join(userData, 'logs', 'instruire.log');
    await expect.poll(() => (existsSync(log) ? readFileSync(log, 'utf8') : ''), { timeout: 60_000 }).toContain('journal-seal-key');
    // The page and, before it, the message: the one bears the screen's name, the other the application's alone.
    const windows = () => spawnSync('xwininfo', ['-root', '-tree'], { encoding: 'utf8' }).stdout;
    await expect.poll(windows).toMatch(/"Connexion .*Instruire"/);
    await expect.poll(windows).toMatch(/"Instruire": \(/);
  } finally {
    app.kill('SIGKILL');
    await ended;
  }
}

test('what a keychain has sealed waits for it: the start says so, nothing is lost, and all opens once it is back', async () => {
  let running = await launchWithAccount();
  const { userData } = running;
  await createDossier(running.window, { title: 'Réfection du préau', object: 'MP-2026-014' });
  await addCompany(running.window, 'Atelier');
  await consultAll(running.window);
  await running.close();
  const sealedKey = readFileSync(join(userData, 'data.key'));
  await startInVain(userData);
  expect(readFileSync(join(userData, 'data.key'))).toEqual(sealedKey);
  running = await launchApp({ userData });
  try {
    await waitUntilReady(running.window);
    await signIn(running.window, firstAccount.login, firstAccount.password);
    await goTo(running.window, 'Dossiers');
    await running.window.getByRole('button', { name: 'Réfection du préau' }).first().click();
    await running.window.getByRole('button', { name: /^ATELIERS DU VALLON BLEU 299/ }).click();
    await expect(running.window.getByText(/^(Répondu|Délivrée)$/).first()).toBeVisible();
    const verified = await running.window.evaluate(() => window.instruire.call('diagnostics.run', { runId: 'essai', checkId: 'database', habilitationId: null }));
    expect(verified).toMatchObject({ ok: true, value: { state: 'ok' } });
  } finally {
    await discardApp(running);
  }
});
