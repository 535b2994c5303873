import { describe, expect, it } from 'vitest';

import { z } from 'zod';

import { dataGiven, type Reading } from '../../../electron/data-given';
import { dispatch, type DispatchOptions } from '../../../electron/dispatch';
import type { Handlers } from '../../../electron/ipc';
import { createReadingTrace } from '../../../electron/reading-trace';
import type { Session } from '../../../shared/domain/agent';
import type { Dossier } from '../../../shared/domain/dossier';
import type { TracedEvent } from '../../../shared/domain/journal';
import { answerSchema } from '../../../shared/ipc/consultation';
import { type ChannelName, channels } from '../../../shared/ipc';
import { dataAccessDocument } from './data-access-document';

const names = Object.keys(channels) as ChannelName[];
const SIREN = '299031112';

const dossier = {
  ...{ id: 'd', title: 'Réfection du préau', habilitationId: 'h' },
  companies: [{ identifier: SIREN, siret: null, name: 'ENTREPRISE INVENTÉE', role: null, addedAt: '2026-01-05T08:00:00.000Z' }],
} as unknown as Dossier;

function sessionOf(id: string, signedInAt = '2026-01-05T08:00:00.000Z'): Session {
  return { agent: { id, login: id, displayName: id, role: 'agent', organisation: 'Ville fictive', state: 'active', lastSignInAt: null }, signedInAt };
}

function station() {
  let elapsedMs = 0;
  let isDiskFull = false;
  const events: TracedEvent[] = [];
  const trace = createReadingTrace({
    record: (event) => {
      if (isDiskFull) return Promise.reject(new Error('disk full'));
      events.push(event);
      return Promise.resolve();
    },
    clock: { now: () => elapsedMs, monotonic: () => elapsedMs },
    findDossier: () => dossier,
    findBatch: () => ({ dossierId: 'd', title: 'Soumissionnaires' }),
  });
  return { trace, events, wait: (ms: number) => void (elapsedMs += ms), fillDisk: (isFull: boolean) => void (isDiskFull = isFull) };
}

const sheet: Reading = { about: { kind: 'company', dossierId: 'd', identifier: SIREN }, act: 'Fiche consultée' };

describe('the written list', () => {
  it('says what the code enforces', async () => {
    await expect(dataAccessDocument()).toMatchFileSnapshot('../../../docs/data-access.md');
  });

  it('leaves no channel without an event whose answer can hold kept answers', () => {
    const holding = names.filter((name) => JSON.stringify(shapeOf(channels[name].output)).includes(ANSWER));
    expect(holding.sort()).toEqual(['batches.results', 'consultation.history', 'consultation.latest', 'consultation.run']);
    expect(holding.filter((name) => !['reading', 'journalled'].includes(dataGiven[name].kind))).toEqual([]);
  });

  it('leaves no channel without an event whose answer holds bytes', () => {
    const holding = names.filter((name) => JSON.stringify(shapeOf(channels[name].output)).includes(BYTES));
    expect(holding.sort()).toEqual(['documents.read', 'pieces.read']);
    expect(holding.filter((name) => dataGiven[name].kind !== 'journalled')).toEqual([]);
  });
});

const ANSWER = '<answer>';
const BYTES = '<bytes>';

/** What a schema can hold, down to its leaves. */
function shapeOf(schema: unknown): unknown {
  if (schema === answerSchema) return ANSWER;
  if (!(schema instanceof z.core.$ZodType)) return null;
  if (schema instanceof z.core.$ZodCustom) return z.safeParse(schema, 'text').success || !z.safeParse(schema, new Uint8Array()).success ? null : BYTES;
  const definition = schema._zod.def as unknown as Readonly<Record<string, unknown>>;
  const { shape, element, innerType, options, in: input, out, valueType } = definition;
  const parts = [element, innerType, input, out, valueType].map((part) => (part === undefined ? null : shapeOf(part)));
  const fields = typeof shape === 'object' && shape !== null ? Object.values(shape).map(shapeOf) : [];
  return [parts, fields, Array.isArray(options) ? options.map(shapeOf) : []];
}

describe('one access', () => {
  it('is one event, with its company, whatever the number of parts that the sheet asks for', async () => {
    const { trace, events } = station();
    await Promise.all([trace(sessionOf('a'), sheet), trace(sessionOf('a'), sheet), trace(sessionOf('a'), { ...sheet, about: { ...sheet.about, identifier: `${SIREN}00013` } as Reading['about'] })]);
    expect(events).toEqual([expect.objectContaining({ event: 'data.read', agentId: 'a', dossierId: 'd', identifier: SIREN, companyName: 'ENTREPRISE INVENTÉE', detail: 'Fiche consultée.' })]);
  });

  it('begins again after a minute away, for another agent, in another session, and each hour', async () => {
    const { trace, events, wait } = station();
    await trace(sessionOf('a'), sheet);
    wait(59_000);
    await trace(sessionOf('a'), sheet);
    expect(events).toHaveLength(1);
    await trace(sessionOf('b'), sheet);
    await trace(sessionOf('a', '2026-01-05T09:00:00.000Z'), sheet);
    expect(events).toHaveLength(3);
    wait(60_001);
    await trace(sessionOf('a'), sheet);
    expect(events).toHaveLength(4);
    for (let minute = 0; minute < 62; minute += 1) {
      wait(59_000);
      await trace(sessionOf('a'), sheet);
    }
    expect(events).toHaveLength(5);
  });

  it('names the batch and its dossier', async () => {
    const { trace, events } = station();
    await trace(sessionOf('a'), { about: { kind: 'batch', batchId: 'b' }, act: 'Grille du lot consultée' });
    expect(events[0]).toMatchObject({ dossierId: 'd', dossierTitle: dossier.title, habilitationId: 'h', detail: 'Grille du lot consultée : Soumissionnaires.' });
  });
});

describe('a journal that cannot be written', () => {
  const answer = {
    ...{ consultationId: 'c', dossierId: 'd', endpointId: 'insee.unite_legale.v4', identifier: SIREN, parameters: {}, data: { secret: 'chiffre' }, meta: {} },
    ...{ provider: 'Insee', receivedAt: '2026-01-05T08:00:00.000Z', requestId: null, httpStatus: 200, durationMs: 5, quotaCost: 1 },
    ...{ servedFromCache: null, cacheExpiresAt: null, documents: [] },
  };

  it('keeps the data closed, and opens it once it writes again', async () => {
    const { trace, events, fillDisk } = station();
    const options: DispatchOptions = {
      handlers: { 'consultation.latest': () => [answer] } as unknown as Handlers,
      currentSession: () => sessionOf('a'),
      ready: () => Promise.resolve(),
      onForbidden: () => undefined,
      traceReading: trace,
      logError: () => undefined,
    };
    const read = () => dispatch(options, 'consultation.latest', { dossierId: 'd', identifier: SIREN });
    fillDisk(true);
    const refused = await read();
    expect(refused).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(JSON.stringify(refused)).not.toContain('chiffre');
    fillDisk(false);
    expect(await read()).toMatchObject({ ok: true });
    expect(events).toHaveLength(1);
  });
});
