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
  procedure: 'marches_attribution' as const,
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
    expect(dossiers.list(ana, {}).dossiers.map((one) => one.title)).toEqual(['Réfection des écoles']);
    expect(dossiers.list(chef, {})).toMatchObject({ total: 2 });
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

  it('keep that their establishment is the head office until it is another', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    const headOffice = '29902820900011' as Siret;
    const isHeadOffice = () => dossiers.get(ana, id).companies[0]?.isHeadOffice;
    await dossiers.addCompany(ana, id, { ...company, identifier: '299028209', siret: headOffice, isHeadOffice: true });
    await dossiers.addCompany(ana, id, { ...company, identifier: '299028209', siret: headOffice, role: 'membre' });
    expect(isHeadOffice()).toBe(true);
    await dossiers.addCompany(ana, id, { ...company, identifier: '299028209', siret: '29902820900029' as Siret });
    expect(isHeadOffice()).toBe(false);
    await dossiers.addCompany(ana, id, { ...company, identifier: '299028209', siret: null, isHeadOffice: true });
    expect(isHeadOffice()).toBe(false);
  });

  it('go with a copy, which is open and another dossier', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await dossiers.addCompany(ana, id, { ...company, identifier: 'W123456789' });
    await dossiers.setState(ana, id, 'archived');
    const copy = await dossiers.duplicate(ana, id);
    expect(copy).toMatchObject({ state: 'open', object: draft.object, companies: [{ identifier: 'W123456789' }], deadline: null, notes: '' });
    expect(copy.id).not.toBe(id);
  });
});

describe('search', () => {
  it('finds without accents nor case, by grouped number, and takes wildcards literally', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    await dossiers.addCompany(ana, id, { ...company, identifier: 'W123456789' });
    for (const text of ['REFECTION', 'écoles réfection', 'mp-2026', 'W123 456 789', 'fictive', 'travaux']) {
      expect(dossiers.list(ana, { text }).total, text).toBe(1);
    }
    for (const text of ['%', '_', 'piscine', 'réfection piscine']) expect(dossiers.list(ana, { text }), text).toEqual({ dossiers: [], total: 0 });
    expect(dossiers.list(ana, { state: 'closed' }).total).toBe(0);
  });

  it('never fails, whatever is typed', () => {
    const { dossiers } = setUp();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(dossiers.list(ana, { text }).dossiers)));
  });
});

describe('a page of the list', () => {
  it('holds so many dossiers after so many, whatever the order, and each once', async () => {
    const { dossiers, time } = setUp();
    for (let number = 0; number < 7; number += 1) {
      time.ms += 1_000;
      await dossiers.create(ana, { ...draft, title: `Dossier ${number}`, deadline: number % 2 === 0 ? `2026-02-0${number + 1}` : null });
    }
    for (const sort of ['urgency', 'recent', 'title'] as const) {
      const pages = [0, 3, 6].flatMap((offset) => dossiers.list(ana, {}, { sort, limit: 3, offset }).dossiers.map(({ title }) => title));
      expect(new Set(pages).size, sort).toBe(7);
      expect(pages, sort).toEqual(dossiers.list(ana, {}, { sort }).dossiers.map(({ title }) => title));
    }
    expect(dossiers.list(ana, {}, { sort: 'urgency', limit: 2 })).toMatchObject({ total: 7, dossiers: [{ title: 'Dossier 0' }, { title: 'Dossier 2' }] });
    expect(dossiers.list(ana, {}, { sort: 'recent', limit: 1 }).dossiers).toMatchObject([{ title: 'Dossier 6' }]);
  });

  it('keeps a tag, a deadline that is near, and only what the agent may see', async () => {
    const { dossiers } = setUp();
    await dossiers.create(ana, { ...draft, title: 'Toiture', tags: ['travaux', 'école'], deadline: '2026-02-01' });
    await dossiers.create(ana, { ...draft, title: 'Mobilier', tags: ['fournitures'], deadline: '2026-05-01' });
    await dossiers.create(bea, { ...draft, title: 'Autre', habilitationId: 'h2', tags: ['secret'] });
    const titles = (filter: Parameters<typeof dossiers.list>[1]) => dossiers.list(ana, filter).dossiers.map(({ title }) => title);
    expect(titles({ tag: 'école' })).toEqual(['Toiture']);
    expect(titles({ tag: 'éco' })).toEqual([]);
    expect(titles({ dueBy: '2026-02-01' })).toEqual(['Toiture']);
    expect(titles({ dueBy: '2026-01-31' })).toEqual([]);
    expect(dossiers.tags(ana)).toEqual(['école', 'fournitures', 'travaux']);
  });
});

describe('the role of a company and the procedure of a dossier', () => {
  it('follow the purpose until the agent says otherwise, and a new role keeps the rest', async () => {
    const { dossiers } = setUp();
    const { id } = await dossiers.create(ana, draft);
    const association = { ...company, identifier: 'W123456789' };
    expect((await dossiers.addCompany(ana, id, association)).companies).toMatchObject([{ role: 'candidat' }]);
    expect((await dossiers.addCompany(ana, id, { ...association, role: 'mandataire' })).companies).toMatchObject([{ role: 'mandataire', name: association.name }]);
    expect((await dossiers.addCompany(ana, id, association)).companies).toMatchObject([{ role: 'mandataire' }]);
    expect(dossiers.get(ana, id).companies).toMatchObject([{ role: 'mandataire' }]);
  });

  it('refuse a list of pieces of another purpose', async () => {
    const { dossiers } = setUp();
    await expect(dossiers.create(ana, { ...draft, procedure: 'aides_publiques' })).rejects.toEqual(refusedField('procedure'));
  });
});
