import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createDossiers, dossiersSchema } from '../../../electron/dossiers';
import { openDatabase } from '../../../electron/storage/database';
import type { Agent } from '../../../shared/domain/agent';
import type { Habilitation } from '../../../shared/domain/habilitation';
import type { Siret } from '../../../shared/domain/identifiers';
import type { TracedEvent } from '../../../shared/domain/journal';

const recipient = '99900012800010' as Siret;

function agentNamed(id: string, role: Agent['role'] = 'agent'): Agent {
  return { id, login: id, displayName: `Agent ${id}`, role, organisation: 'Ville fictive', state: 'active', lastSignInAt: null };
}

function habilitationOf(id: string, agentIds: readonly string[]): Habilitation {
  return {
    id,
    title: `Habilitation ${id}`,
    environment: 'sandbox',
    recipients: [recipient],
    contexts: ['Marchés publics'],
    useCases: ['marches_publics'],
    agents: agentIds.map((agentId) => ({ agentId, endpointIds: null })),
    token: { uid: null, subject: null, scopes: [], issuedAt: null, expiresAt: null, state: 'active', privileges: null, privilegesCheckedAt: null },
  };
}

const ana = agentNamed('ana');
const bea = agentNamed('bea');
const chef = agentNamed('chef', 'responsable');
const draft = {
  title: 'Réfection des écoles',
  habilitationId: 'h1',
  useCase: 'marches_publics' as const,
  context: 'Marchés publics',
  recipient: '999 000 128 00010',
  object: 'MP-2026-014',
  notes: '',
  tags: ['travaux', ' travaux ', ''],
  deadline: null,
};
const company = { identifier: '299000004', siret: null, name: 'Entreprise fictive' };

function setUp() {
  const { database } = openDatabase(join(mkdtempSync(join(tmpdir(), 'instruire-dossiers-')), 'instruire.db'), [dossiersSchema]);
  const habilitations = [habilitationOf('h1', ['ana']), habilitationOf('h2', ['bea'])];
  const time = { ms: Date.UTC(2026, 0, 5, 8) };
  const journal: TracedEvent[] = [];
  const journalState = { isBroken: false };
  const dossiers = createDossiers({
    database,
    clock: { now: () => time.ms, monotonic: () => time.ms },
    habilitations: {
      find: (id) => habilitations.find((one) => one.id === id),
      listFor: (agent) => habilitations.filter((one) => agent.role === 'responsable' || one.agents.some((member) => member.agentId === agent.id)),
    },
    record: async (event) => {
      await Promise.resolve();
      if (journalState.isBroken) throw new Error('disk full');
      journal.push(event);
    },
  });
  return { dossiers, journal, journalState, time };
}

const refusedField = (field: string) => expect.objectContaining({ data: expect.objectContaining({ code: 'invalid_input', field }) as unknown });

describe('a dossier', () => {
  it('is created, read again and traced', async () => {
    const { dossiers, journal } = setUp();
    const made = await dossiers.create(ana, draft);
    expect(dossiers.get(ana, made.id)).toEqual(made);
    expect(made).toMatchObject({ recipient, tags: ['travaux'], state: 'open', createdBy: 'Agent ana' });
    expect(journal).toMatchObject([{ event: 'dossier.changed', agentId: 'ana', dossierId: made.id, habilitationId: 'h1' }]);
  });

  it.each([
    ['title', { title: '  ' }],
    ['context', { context: '\u00a0' }],
    ['context', { context: 'Aides publiques' }],
    ['object', { object: ' ' }],
    ['recipient', { recipient: '99900012800011' }],
    ['recipient', { recipient: '29900088500010' }],
    ['useCase', { useCase: 'fraude' as const }],
    ['habilitationId', { habilitationId: 'h2' }],
  ])('with a wrong %s is refused and the field named', async (field, change) => {
    const { dossiers, journal } = setUp();
    await expect(dossiers.create(ana, { ...draft, ...change })).rejects.toEqual(refusedField(field));
    expect(journal).toEqual([]);
  });

  it('takes an object longer than what is advised', async () => {
    const { dossiers } = setUp();
    expect((await dossiers.create(ana, { ...draft, object: 'x'.repeat(80) })).object).toHaveLength(80);
  });

  it('is not changed when the change cannot be traced', async () => {
    const { dossiers, journalState } = setUp();
    const made = await dossiers.create(ana, draft);
    journalState.isBroken = true;
    await expect(dossiers.setState(ana, made.id, 'closed')).rejects.toMatchObject({ data: { code: 'unavailable' } });
    expect(dossiers.get(ana, made.id).state).toBe('open');
  });

  it('once closed, is reopened before it changes', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await dossiers.setState(ana, id, 'closed');
    await expect(dossiers.update(ana, id, draft)).rejects.toMatchObject({ data: { code: 'conflict' } });
    await dossiers.setState(ana, id, 'open');
    await dossiers.update(ana, id, { ...draft, title: 'Autre titre' });
    expect(dossiers.get(ana, id).title).toBe('Autre titre');
  });
});

describe('visibility', () => {
  it('an agent sees the dossiers of his habilitations only; a responsable sees all', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await dossiers.create(bea, { ...draft, habilitationId: 'h2', title: 'Autre' });
    expect(dossiers.list(ana, {}).map((one) => one.title)).toEqual(['Réfection des écoles']);
    expect(dossiers.list(chef, {})).toHaveLength(2);
    expect(() => dossiers.get(bea, id)).toThrow(/pas ouvert/);
    for (const act of [
      () => dossiers.update(bea, id, draft),
      () => dossiers.setState(bea, id, 'archived'),
      () => dossiers.duplicate(bea, id),
      () => dossiers.addCompany(bea, id, company),
      () => dossiers.removeCompany(bea, id, company.identifier),
    ]) {
      await expect(act()).rejects.toMatchObject({ data: { code: 'not_found' } });
    }
  });
});

describe('companies', () => {
  it('the recipient itself is refused, and no company may become the recipient', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await expect(dossiers.addCompany(ana, id, { ...company, identifier: '999000128' })).rejects.toThrow(/destinataire du dossier/);
  });

  it('added at the same time are all there, in order', async () => {
    const { dossiers, time } = setUp();
    const { id } = await dossiers.create(ana, draft);
    const identifiers = ['W123456789', 'W123456788', 'W123456787', 'W123456786'];
    await Promise.all(
      identifiers.map((identifier) => {
        time.ms += 1;
        return dossiers.addCompany(ana, id, { ...company, identifier });
      }),
    );
    expect(dossiers.get(ana, id).companies.map((one) => one.identifier)).toEqual(identifiers);
  });

  it('added twice is corrected, removed is gone, an establishment of another is refused', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await dossiers.addCompany(ana, id, { ...company, identifier: 'W123456789' });
    await dossiers.addCompany(ana, id, { ...company, identifier: 'w123456789', name: 'Nom corrigé' });
    expect(dossiers.get(ana, id).companies).toMatchObject([{ identifier: 'W123456789', name: 'Nom corrigé' }]);
    await expect(dossiers.addCompany(ana, id, { identifier: '299000778', siret: recipient, name: 'X' })).rejects.toEqual(refusedField('siret'));
    await expect(dossiers.addCompany(ana, id, { ...company, identifier: '123456789' })).rejects.toEqual(refusedField('identifier'));
    await dossiers.removeCompany(ana, id, 'W123456789');
    expect(dossiers.get(ana, id).companies).toEqual([]);
  });

  it('go with a copy, which is open and another dossier', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await dossiers.addCompany(ana, id, { ...company, identifier: 'W123456789' });
    await dossiers.setState(ana, id, 'archived');
    const copy = await dossiers.duplicate(ana, id);
    expect(copy).toMatchObject({ state: 'open', object: draft.object, companies: [{ identifier: 'W123456789' }] });
    expect(copy.id).not.toBe(id);
  });
});

describe('search', () => {
  it('finds without accents nor case, by grouped number, and takes wildcards literally', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await dossiers.addCompany(ana, id, { ...company, identifier: 'W123456789' });
    for (const text of ['REFECTION', 'écoles réfection', 'mp-2026', 'W123 456 789', 'fictive', 'travaux']) {
      expect(dossiers.list(ana, { text }), text).toHaveLength(1);
    }
    for (const text of ['%', '_', 'piscine', 'réfection piscine']) expect(dossiers.list(ana, { text }), text).toEqual([]);
    expect(dossiers.list(ana, { state: 'closed' })).toEqual([]);
  });

  it('never fails, whatever is typed', () => {
    const { dossiers } = setUp();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(dossiers.list(ana, { text }))));
  });
});
