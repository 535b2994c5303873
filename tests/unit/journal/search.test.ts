import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type JournalReader, openJournalReader } from '../../../electron/journal/index';
import { statistics } from '../../../electron/journal/statistics';
import type { JournalFilter, JournalLine } from '../../../shared/domain/journal';
import { type Bench, makeBench, makeIntent, makeOutcome } from './support';

const AGENTS = ['agent-1', 'agent-2'];
const COMPANIES = [['100000009', 'Épicerie du Modèle'], ['10000000900012', 'Épicerie du Modèle, Lyon'], ['200000008', 'Garage Exemple']] as const;
const PROVIDERS = ['insee', 'urssaf'];
const DAY_MS = 86_400_000;

const call = fc.record({
  agent: fc.constantFrom(...AGENTS),
  company: fc.constantFrom(...COMPANIES),
  provider: fc.constantFrom(...PROVIDERS),
  dossier: fc.constantFrom('dossier-1', 'dossier-2'),
  outcome: fc.constantFrom('success', 'failure', 'none'),
});
type Call = typeof call extends fc.Arbitrary<infer C> ? C : never;
const maybe = <T>(...values: T[]) => fc.constantFrom(undefined, ...values);
const filters = fc.record({
  agentId: maybe(...AGENTS),
  dossierId: maybe('dossier-1', 'dossier-2'),
  identifier: maybe('100000009', '10000000900012', '200000008'),
  provider: maybe(...PROVIDERS),
  outcome: maybe('success' as const, 'failure' as const, 'pending' as const, 'refused' as const),
  text: maybe('epicerie', 'GARAGE exemple', 'lyon agent-1', 'introuvable'),
  requestIds: maybe(['r-1', 'r-3', 'r-99']),
  from: maybe('2026-03-12T09:00:00Z'),
  to: maybe('2026-03-14T09:00:00Z'),
  kind: maybe('calls' as const, 'all' as const),
});

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The filter's meaning, said a second time and slowly. */
function belongs(line: JournalLine, filter: JournalFilter): boolean {
  const { identifier, requestIds, from, to, text = '' } = filter;
  const said = fold([line.agentId, line.agentName, line.companyName, line.identifier, line.dossierTitle, line.object, line.detail, line.endpointId, line.workstation].join('\n'));
  const sameFields = (['agentId', 'dossierId', 'provider', 'outcome'] as const).every((name) => filter[name] === undefined || line[name] === filter[name]);
  const isCompany = identifier === undefined || line.identifier === identifier || (identifier.length === 9 && line.identifier?.startsWith(identifier) === true);
  const isRequested = requestIds?.includes(line.requestId ?? '') ?? true;
  const isInPeriod = (from === undefined || Date.parse(line.at) >= Date.parse(from)) && (to === undefined || Date.parse(line.at) <= Date.parse(to));
  return [
    sameFields,
    isCompany,
    isRequested,
    isInPeriod,
    filter.kind !== 'calls' || line.event.startsWith('call.'),
    fold(text).split(' ').every((word) => said.includes(word)),
  ].every(Boolean);
}

async function withCalls(calls: readonly Call[], work: (reader: JournalReader, bench: Bench) => void) {
  const bench = makeBench();
  const journal = bench.open();
  for (const [index, { agent, company, provider, dossier, outcome }] of calls.entries()) {
    bench.clock.at += DAY_MS;
    const ref = await journal.recordIntent(
      makeIntent({ agent: { id: agent, displayName: agent }, identifier: company[0], companyName: company[1], provider, dossierId: dossier }),
    );
    if (outcome !== 'none') await journal.recordOutcome(ref, makeOutcome({ outcome, requestId: `r-${index}` }));
  }
  const reader = openJournalReader(bench.path);
  work(reader, bench);
  reader.close();
  journal.close();
}

describe('search', () => {
  it('returns exactly the lines that the filter means, newest first, and their count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 8 }), fc.array(filters, { minLength: 8, maxLength: 8 }), async (calls, asked) => {
        await withCalls(calls, (reader) => {
          const everything = reader.search({ filter: {}, limit: 500 }).lines;
          for (const filter of asked) {
            const page = reader.search({ filter, limit: 500 });
            expect(page.lines).toEqual(everything.filter((line) => belongs(line, filter)));
            expect(page.total).toBe(page.lines.length);
          }
        });
      }),
      { numRuns: 12 },
    );
  });

  const seven = Array.from({ length: 7 }, (_, index) => ({
    agent: AGENTS[index % 2] as string, company: COMPANIES[0], provider: 'insee', dossier: 'dossier-1' as const, outcome: 'success' as const,
  }));

  it('pages without a gap or a repeat while lines keep arriving', () =>
    withCalls(seven, (reader) => {
      const first = reader.search({ filter: {}, limit: 3 }).lines;
      const second = reader.search({ filter: {}, limit: 100, beforeSeq: first.at(-1)?.seq }).lines;
      const all = reader.search({ filter: {}, limit: 100 }).lines;
      expect([...first, ...second]).toEqual(all);
    }));

  it("never leaves an agent's scope, whatever he asks", () =>
    withCalls(seven, (reader) => {
      expect(reader.search({ filter: { agentId: 'agent-2' }, agentScope: 'agent-1', limit: 100 }).total).toBe(0);
      expect(reader.search({ filter: {}, agentScope: 'agent-1', limit: 100 }).lines.every(({ agentId }) => agentId === 'agent-1')).toBe(true);
    }));

  it('counts by day, provider and agent', () =>
    withCalls(seven, (reader) => {
      const found = statistics(reader.database, reader.index, { filter: { kind: 'calls' } });
      expect(found.total).toBe(7);
      expect(found.rows[0]).toEqual({
        day: '2026-03-11', agentId: 'agent-1', agentName: 'agent-1', provider: 'insee', endpointId: 'insee.unite_legale.v4', habilitationId: 'hab-1', outcome: 'success', count: 1,
      });
    }));
});
