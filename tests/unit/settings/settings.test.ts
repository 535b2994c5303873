import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { settingsHandlers } from '../../../electron/settings';
import { createSettings, defaultSettings, type SettingsContent, type SettingsFile } from '../../../electron/storage/settings';
import type { Agent } from '../../../shared/domain/agent';
import { type Checked, invalid, valid } from '../../../shared/domain/checked';
import type { Environment } from '../../../shared/domain/environment';
import type { Siret } from '../../../shared/domain/identifiers';
import type { TracedEvent } from '../../../shared/domain/journal';
import { settingsSchema } from '../../../shared/ipc/settings';

function fileHolding(initial?: unknown): SettingsFile & { content: unknown } {
  return {
    content: initial,
    read() {
      return this.content;
    },
    write(next: SettingsContent) {
      this.content = next;
    },
  };
}

const callOf = (role: Agent['role']) => ({
  session: {
    agent: { id: 'a', login: 'a', displayName: 'A', role, organisation: 'Ville fictive', state: 'active' as const, lastSignInAt: null },
    signedInAt: '2026-01-05T08:00:00.000Z',
  },
});

describe('settings', () => {
  it('are found again at the next start', () => {
    const file = fileHolding();
    createSettings(file).update({ lockAfterMinutes: 5 });
    expect(createSettings(file).get()).toEqual({ ...defaultSettings, lockAfterMinutes: 5 });
  });

  it('keep what still makes sense of a damaged file, and are always sound', () => {
    const damaged = { version: 0, settings: { colorScheme: 'mauve', lockAfterMinutes: 30, ancien: true } };
    expect(createSettings(fileHolding(damaged)).get()).toEqual({ ...defaultSettings, lockAfterMinutes: 30 });
    fc.assert(fc.property(fc.anything(), (content) => settingsSchema.safeParse(createSettings(fileHolding(content)).get()).success));
    fc.assert(fc.property(fc.anything(), (settings) => settingsSchema.safeParse(createSettings(fileHolding({ settings })).get()).success));
  });

  it('give way to the machine policy, which leaves no trace in the file', () => {
    const file = fileHolding();
    const settings = createSettings(file, { lockAfterMinutes: 10 });
    settings.update({ lockAfterMinutes: 400, colorScheme: 'dark' });
    expect(settings.get()).toMatchObject({ lockAfterMinutes: 10, colorScheme: 'dark' });
    expect([...settings.lockedKeys]).toEqual(['lockAfterMinutes']);
  });
});

describe('changing settings', () => {
  function setUp(policy = {}, canWorkIn: (environment: Environment) => Checked<null> = () => valid(null)) {
    const settings = createSettings(fileHolding(), policy);
    const journal: TracedEvent[] = [];
    const update = settingsHandlers(settings, async (event) => void journal.push(event), canWorkIn)['settings.update'];
    return { settings, journal, update };
  }

  it('an agent changes the colours; the rest is the responsable’s, and traced', async () => {
    const { settings, journal, update } = setUp();
    await update({ colorScheme: 'dark', lockAfterMinutes: 15 }, callOf('agent'));
    expect(journal).toEqual([]);
    await expect(update({ lockAfterMinutes: 480 }, callOf('agent'))).rejects.toMatchObject({ data: { code: 'forbidden' } });
    await update({ lockAfterMinutes: 5 }, callOf('responsable'));
    expect(settings.get()).toMatchObject({ colorScheme: 'dark', lockAfterMinutes: 5 });
    expect(journal).toMatchObject([{ event: 'settings.changed', agentId: 'a' }]);
  });

  it('what the organisation has set is refused even to a responsable', async () => {
    const { update } = setUp({ longTimeouts: true });
    await expect(update({ longTimeouts: false }, callOf('responsable'))).rejects.toMatchObject({ data: { code: 'forbidden', field: 'longTimeouts' } });
  });

  it('the environment is the responsable’s choice, traced in words, within what the workstation is fit for', async () => {
    const { settings, journal, update } = setUp({}, (environment) => (environment === 'production' ? invalid('Aucun trousseau.') : valid(null)));
    await expect(update({ environment: 'staging' }, callOf('agent'))).rejects.toMatchObject({ data: { code: 'forbidden' } });
    await expect(update({ environment: 'production' }, callOf('responsable'))).rejects.toMatchObject({ data: { message: 'Aucun trousseau.', field: 'environment' } });
    await expect(update({ environment: 'gateway' }, callOf('responsable'))).rejects.toMatchObject({ data: { field: 'environment' } });
    expect(settings.get().environment).toBe('sandbox');
    await update({ environment: 'staging' }, callOf('responsable'));
    expect(settings.get().environment).toBe('staging');
    expect(journal).toMatchObject([{ detail: 'Réglages changés (environnement, au prochain démarrage\u00a0: Bac à sable → Préproduction).' }]);
  });

  it('every change is traced as the settings screen says it, never as a program does', async () => {
    const { journal, update } = setUp();
    const changes = { longTimeouts: true, useV2: true, lockAfterMinutes: 1, recipient: '12345678200010' as Siret, contexts: ['Marchés publics', 'Aides'], proxyMode: 'direct' as const, logLevel: 'debug' as const, organisation: 'Ville fictive' };
    await update(changes, callOf('responsable'));
    await update({ recipient: null, contexts: [], longTimeouts: false, proxyMode: 'manual' }, callOf('responsable'));
    expect(journal.map(({ detail }) => detail.replaceAll('\u00a0', ' '))).toEqual([
      'Réglages changés (attente longue des fournisseurs lents : non → oui ; version 2 d’API Entreprise : non → oui ; verrouillage après inactivité : 15 minutes → 1 minute ; destinataire : aucun → 123 456 782 00010 ; contextes : aucun → Marchés publics, Aides ; proxy : Comme le système → Sans proxy ; journal technique : Normal → Détaillé ; organisation : aucun → Ville fictive).',
      'Réglages changés (destinataire : 123 456 782 00010 → aucun ; contextes : Marchés publics, Aides → aucun ; attente longue des fournisseurs lents : oui → non ; proxy : Sans proxy → Proxy indiqué ici).',
    ]);
  });

  it('the screen is told what the organisation has locked', async () => {
    const { update } = setUp({ organisation: 'Ville fictive', contexts: ['Marchés publics'] });
    expect(await update({ colorScheme: 'dark' }, callOf('agent'))).toMatchObject({ organisation: 'Ville fictive', lockedKeys: ['organisation', 'contexts'] });
  });
});
