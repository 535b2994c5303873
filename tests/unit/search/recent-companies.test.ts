import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { dossiersSchema } from '../../../electron/dossiers';
import { IpcFailure } from '../../../electron/ipc-failure';
import { createRecentCompanies, recentCompaniesSchema } from '../../../electron/search';
import { openDatabase } from '../../../electron/storage/database';
import type { Agent } from '../../../shared/domain/agent';
import type { Dossier } from '../../../shared/domain/dossier';
import type { Siret } from '../../../shared/domain/identifiers';

const agentNamed = (id: string): Agent => ({ id, login: id, displayName: id, role: 'agent', organisation: 'Ville fictive', state: 'active', lastSignInAt: null });
const ana = agentNamed('ana');
const bea = agentNamed('bea');

const dossierOf = (id: string, identifiers: readonly string[]): Dossier => ({
  ...{ id, title: `Dossier ${id}`, habilitationId: 'h', useCase: 'marches_publics', procedure: null, context: 'c', recipient: '10000001700010' as Siret, object: 'o', notes: '', tags: [], deadline: null },
  ...{ state: 'open', createdBy: 'ana', createdAt: '', updatedAt: '' },
  companies: identifiers.map((identifier) => ({ identifier, siret: null, isHeadOffice: false, name: `Société ${identifier}`, role: 'candidat', addedAt: '' })),
});

function setUp() {
  const { database } = openDatabase(join(mkdtempSync(join(tmpdir(), 'instruire-recent-')), 'instruire.db'), [dossiersSchema, recentCompaniesSchema]);
  const dossiers = new Map<string, Dossier>();
  const readableBy = new Map<string, Set<string>>([[ana.id, new Set()], [bea.id, new Set()]]);
  const insert = database.prepare(
    `INSERT INTO dossiers (id, title, habilitation_id, use_case, context, recipient, object, notes, tags, state, created_by, created_at, updated_at, search_text)
     VALUES (?, '', '', '', '', '', '', '', '[]', 'open', '', '', '', '')`,
  );
  let now = Date.UTC(2026, 10, 25);
  const isReadable = (agent: Agent, id: string) => readableBy.get(agent.id)?.has(id) === true;
  const recent = createRecentCompanies(
    database,
    {
      get: (agent, id) => {
        const dossier = dossiers.get(id);
        if (!dossier || !isReadable(agent, id)) throw new IpcFailure('not_found', 'Ce dossier ne vous est pas ouvert.');
        return dossier;
      },
    },
    { now: () => (now += 1_000), monotonic: () => now },
  );
  return {
    database,
    recent,
    readableBy,
    put: (dossier: Dossier, ...agents: Agent[]) => {
      if (!dossiers.has(dossier.id)) insert.run(dossier.id);
      dossiers.set(dossier.id, dossier);
      agents.forEach(({ id }) => readableBy.get(id)?.add(dossier.id));
    },
  };
}

const shown = (recent: ReturnType<typeof setUp>['recent'], agent: Agent) => recent.list(agent).map(({ dossierId, identifier }) => `${dossierId}/${identifier}`);

describe('recent companies', () => {
  it('are those this agent opened, the last first, each once a dossier', () => {
    const { recent, put } = setUp();
    put(dossierOf('d1', ['299000004', '299000012']), ana, bea);
    for (const identifier of ['299000004', '299000012', '299000004']) recent.opened(ana, 'd1', identifier);
    expect(shown(recent, ana)).toEqual(['d1/299000004', 'd1/299000012']);
    expect(shown(recent, bea)).toEqual([]);
    expect(recent.list(ana)[0]).toMatchObject({ name: 'Société 299000004', dossierTitle: 'Dossier d1' });
  });

  it('leave with the right to the dossier, with the company, and with the dossier', () => {
    const { recent, put, readableBy, database } = setUp();
    put(dossierOf('d1', ['299000004', '299000012']), ana);
    put(dossierOf('d2', ['299000004']), ana);
    for (const [dossier, identifier] of [['d1', '299000004'], ['d1', '299000012'], ['d2', '299000004']] as const) recent.opened(ana, dossier, identifier);
    put(dossierOf('d1', ['299000012']), ana);
    expect(shown(recent, ana)).toEqual(['d2/299000004', 'd1/299000012']);
    readableBy.get(ana.id)?.delete('d2');
    expect(shown(recent, ana)).toEqual(['d1/299000012']);
    database.exec("DELETE FROM dossiers WHERE id = 'd1'");
    expect(database.prepare('SELECT COUNT(*) AS count FROM recent_companies').get()).toEqual({ count: 1 });
  });

  it('hold no company that the dossier does not hold, and nothing of a dossier that is closed to the agent', () => {
    const { recent, put } = setUp();
    put(dossierOf('d1', ['299000004']), ana);
    recent.opened(ana, 'd1', '299000012');
    expect(() => recent.opened(bea, 'd1', '299000004')).toThrow();
    expect([shown(recent, ana), shown(recent, bea)]).toEqual([[], []]);
  });

  it('keep neither name nor title in their own table, and no more than fifty lines an agent', () => {
    const { recent, put, database } = setUp();
    const identifiers = Array.from({ length: 60 }, (_, index) => `W${String(751_000_000 + index)}`);
    put(dossierOf('d1', identifiers), ana);
    for (const identifier of identifiers) recent.opened(ana, 'd1', identifier);
    const rows = database.prepare('SELECT * FROM recent_companies').all();
    expect(rows).toHaveLength(50);
    expect(JSON.stringify(rows)).not.toMatch(/Société|Dossier/);
    expect(shown(recent, ana)[0]).toBe(`d1/${identifiers.at(-1) ?? ''}`);
  });
});
