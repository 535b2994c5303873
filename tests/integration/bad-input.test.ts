import { randomUUID } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import type { ApiError } from '../../shared/domain/api-error';
import type { FinalConsultationState } from '../../shared/domain/consultation';
import { SANDBOX_RECIPIENT } from '../../electron/habilitations/sandbox-habilitation';
import type { Fault } from '../../electron/sandbox';
import { type TestHost } from '../support/host';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const SIREN = '299031112';
const ENDPOINT = 'insee.unite_legale.v4';
const MEGABYTE = 1_048_576;
/** A capital letter first, a full stop last: a sentence for the agent, never a code alone. */
const SENTENCE = /^[A-ZÀÉÊÔ«].{15,}[.!]$/su;

/** Passwords are hashed slowly on purpose, and continuous integration is slow by nature. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TestHost;
let station: Workstation;
let dossierId: string;

beforeAll(async () => {
  station = await openWorkstation();
  ({ host } = station);
  dossierId = await station.openDossier(SIREN);
});

afterEach(() => station.control('DELETE', '/faults'));

afterAll(() => closeWorkstation(station));

function errorOf(state: FinalConsultationState): ApiError {
  if (state.step === 'answered') throw new Error('an answer was shown');
  expect(state.error.message).toMatch(SENTENCE);
  expect(state.error.advice).toMatch(SENTENCE);
  return state.error;
}

async function callsInJournal() {
  return (await station.ask('journal.search', { filter: { kind: 'calls' }, limit: 500 })).lines;
}

/** Nothing lost: what was known before is still there, and every call that left has its two lines. */
async function expectNothingLost(knownAnswers: number): Promise<void> {
  expect(await station.ask('consultation.latest', { dossierId, identifier: SIREN })).toHaveLength(knownAnswers);
  const lines = await callsInJournal();
  expect(lines.filter((line) => line.outcome === 'pending')).toEqual([]);
}

describe('an answer that is not one', () => {
  const effects: readonly (readonly [string, Fault['effect'], ApiError['kind']])[] = [
    ['JSON without data', { kind: 'status', status: 200, body: { autre: 'chose' } }, 'unreadable'],
    ['HTML', { kind: 'html' }, 'unreadable'],
    ['an empty body', { kind: 'empty' }, 'unreadable'],
    ['a cut connection', { kind: 'cut' }, 'network'],
    ['100 MB', { kind: 'huge', megabytes: 100 }, 'too_large'],
  ];

  it.each(effects)('%s: a sentence, a trace, and what was known stays', async (_name, effect, kind) => {
    if (!effect) throw new Error('no effect');
    expect((await station.consult(dossierId, ENDPOINT, SIREN)).step).toBe('answered');
    await station.addFault({ path: '/v4/insee', effect, times: 1 });
    const error = errorOf(await station.consult(dossierId, ENDPOINT, SIREN, { fresh: true }));
    expect(error.kind).toBe(kind);
    const [line] = await callsInJournal();
    expect(line).toMatchObject({ outcome: 'failure', endpointId: ENDPOINT, detail: error.message });
    await expectNothingLost(1);
  });

  it('of 100 MB does not fill the memory', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let peak = before;
    const gauge = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    }, 1);
    await station.addFault({ path: '/v4/insee', effect: { kind: 'huge', megabytes: 100 }, times: 1 });
    errorOf(await station.consult(dossierId, ENDPOINT, SIREN, { fresh: true }));
    clearInterval(gauge);
    expect((peak - before) / MEGABYTE).toBeLessThan(60);
  });

  it('never comes: the wait is told, and the agent may leave', async () => {
    await station.addFault({ path: '/v4/insee', effect: { kind: 'silence' } });
    const consultationId = randomUUID();
    const result = station.consult(dossierId, ENDPOINT, SIREN, { consultationId, fresh: true });
    const told = await progressOf(consultationId, 'queued');
    expect(told.step === 'queued' && told.reason).toMatch(SENTENCE);
    await station.ask('consultation.cancel', { consultationId });
    expect(errorOf(await result).kind).toBe('cancelled');
    const [line] = await callsInJournal();
    expect(line).toMatchObject({ outcome: 'failure', httpStatus: null });
    await expectNothingLost(1);
  });
});

/** The next state of this kind that the screens are told. */
async function progressOf(consultationId: string, step: 'queued' | 'running') {
  for (;;) {
    for (const { event, payload } of host.notified) {
      if (event !== 'consultation.progress') continue;
      const progress = payload as { consultationId: string; state: { step: string; reason: string } };
      if (progress.consultationId === consultationId && progress.state.step === step) return progress.state;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a wish that must not leave', () => {
  it('about the recipient itself is refused, traced and not sent', async () => {
    await station.forgetRequests();
    const error = errorOf(await station.consult(dossierId, ENDPOINT, SANDBOX_RECIPIENT.slice(0, 9)));
    expect(error.kind).toBe('justification');
    expect(await station.receivedRequests()).toEqual([]);
    expect((await callsInJournal())[0]).toMatchObject({ outcome: 'refused' });
  });

  it.each(['2990311120001', '29903111A', '299031113'])('about « %s » is refused in words, wherever it is typed', async (identifier) => {
    await station.forgetRequests();
    const search = await station.refusal('search.companies', { text: identifier, page: 1 });
    expect(search).toMatchObject({ code: 'invalid_input', field: 'text' });
    expect(search.message).toMatch(SENTENCE);
    errorOf(await station.consult(dossierId, ENDPOINT, identifier));
    expect(await station.receivedRequests()).toEqual([]);
  });

  it.each(['object', 'context'] as const)('with a blank %s is refused at the dossier, naming the field', async (field) => {
    const [habilitation] = await station.ask('habilitations.list', undefined);
    const draft = {
      title: 'Sans justification',
      habilitationId: habilitation?.id,
      useCase: 'marches_publics',
      context: habilitation?.contexts[0],
      recipient: SANDBOX_RECIPIENT,
      object: 'MP-1',
      [field]: ' \u00a0 ',
    };
    const refused = await station.refusal('dossiers.create', draft);
    expect(refused).toMatchObject({ code: 'invalid_input', field });
    expect(refused.message).toMatch(SENTENCE);
  });

  it('with a blank object of its own leaves with the dossier’s', async () => {
    expect((await station.consult(dossierId, ENDPOINT, SIREN, { object: '   ' })).step).toBe('answered');
    expect((await callsInJournal())[0]?.object).toBe('MP-2026-014');
  });

  it('that the contract does not know is refused before any work', async () => {
    const refused = await station.refusal('consultation.run', { consultationId: '../x', dossierId, endpointId: ENDPOINT, identifier: SIREN, parameters: {} });
    expect(refused.code).toBe('invalid_input');
    expect((await station.refusal('consultation.inconnue' as 'quota.snapshot', undefined)).code).toBe('not_found');
  });
});
