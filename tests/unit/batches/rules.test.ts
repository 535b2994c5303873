import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { callCounter, callOf } from '../../../electron/batches/plan/calls';
import { chooseEndpoints } from '../../../electron/batches/plan/endpoints';
import { estimatePlan } from '../../../electron/batches/plan/estimate';
import { endOfValidity } from '../../../electron/batches/plan/renewal';
import { settleInterrupted } from '../../../electron/batches/run/interrupted';
import { mayRun } from '../../../electron/batches/run/may-run';
import { Pace } from '../../../electron/batches/run/pace';
import { verdictOf } from '../../../electron/batches/run/verdict';
import { transportErrorOf } from '../../../electron/http';
import type { TracedCall } from '../../../electron/journal';
import { endpoints, findEndpoint } from '../../../shared/catalogue';
import { API_ERROR_KINDS } from '../../../shared/domain/api-error';
import { type BatchLine, DEFAULT_OFF_PEAK, type PauseReason } from '../../../shared/domain/batch';
import { parseSiret, type Siren, sirenOf } from '../../../shared/domain/identifiers';
import { errorOf, transportFailure } from '../../../shared/errors';
import { batchOf } from '../../support/batch';
import { madeUpSirens } from '../../support/sirens';

const NIGHT = Date.parse('2026-11-25T20:00:00Z');
const NOON = Date.parse('2026-11-25T11:00:00Z');

function endpoint(id: string) {
  const found = findEndpoint(id);
  if (!found) throw new Error(id);
  return found;
}

describe('a run may call', () => {
  const here = { holderId: 'a', now: NOON, isForced: false, stop: null };

  it('while its agent holds the session, and within its hours', () => {
    expect(mayRun(batchOf(), here)).toEqual({ kind: 'run' });
    expect(mayRun(batchOf(), { ...here, holderId: null })).toMatchObject({ kind: 'wait', reason: 'signed_out' });
    expect(mayRun(batchOf(), { ...here, holderId: 'somebody else' })).toMatchObject({ kind: 'wait', reason: 'signed_out' });
    const atNight = batchOf({ schedule: { startAt: null, hours: DEFAULT_OFF_PEAK, recurrence: null } });
    expect(mayRun(atNight, here)).toMatchObject({ kind: 'wait', reason: 'hours', resumesAt: '2026-11-25T18:00:00.000Z' });
    expect(mayRun(atNight, { ...here, now: NIGHT })).toEqual({ kind: 'run' });
    expect(mayRun(atNight, { ...here, isForced: true })).toEqual({ kind: 'run' });
  });

  it('not before its start, and stays planned until then', () => {
    const planned = batchOf({ state: 'planned', startedAt: null, schedule: { startAt: '2026-11-25T12:00:00Z', hours: null, recurrence: null } });
    expect(mayRun(planned, here)).toMatchObject({ kind: 'wait', reason: null });
    expect(mayRun(planned, { ...here, now: NOON + 3_600_000 })).toEqual({ kind: 'run' });
  });

  it('again by itself after what ends by itself, and never after what waits for somebody', () => {
    const paused = (pauseReason: PauseReason, resumesAt: string | null = null) => mayRun(batchOf({ state: 'paused', pauseReason, resumesAt }), here).kind;
    for (const reason of ['signed_out', 'hours', 'blocked', 'clock', 'stopped'] as const) expect(paused(reason)).toBe('run');
    for (const reason of ['agent', 'token', 'proxy', 'refused', 'journal'] as const) expect(paused(reason)).toBe('leave');
    expect(paused('network', new Date(NOON + 1_000).toISOString())).toBe('wait');
    expect(paused('ban', new Date(NOON - 1_000).toISOString())).toBe('run');
    expect(mayRun(batchOf({ state: 'done' }), here).kind).toBe('leave');
  });
});

describe('calls that this workstation does not make', () => {
  const stopped = { holderId: 'a', now: NOON, isForced: true, stop: { reason: 'altered', message: 'Une ligne est modifiée.', advice: 'Prévenez l’auditeur.' } } as const;

  it('are waited for, said, even when the agent has asked for the run at once', () => {
    expect(mayRun(batchOf(), stopped)).toMatchObject({ kind: 'wait', reason: 'blocked', message: 'Une ligne est modifiée. Prévenez l’auditeur.', resumesAt: null });
    expect(mayRun(batchOf({ state: 'planned', startedAt: null }), stopped)).toMatchObject({ kind: 'wait', reason: 'blocked' });
    const later = { startAt: '2026-11-25T12:00:00Z', hours: null, recurrence: null };
    expect(mayRun(batchOf({ state: 'planned', startedAt: null, schedule: later }), { ...stopped, isForced: false })).toMatchObject({ kind: 'wait', reason: null });
    expect(mayRun(batchOf(), { ...stopped, stop: { ...stopped.stop, reason: 'clock' } })).toMatchObject({ reason: 'blocked' });
    expect(mayRun(batchOf(), { ...stopped, stop: { ...stopped.stop, reason: 'clock', isBeingAsked: true } })).toMatchObject({ reason: 'clock' });
    expect(mayRun(batchOf({ state: 'paused', pauseReason: 'agent' }), stopped).kind).toBe('leave');
  });

  it('go back to their place, whether an attempt before had left or not', () => {
    for (const wasSent of [false, true]) expect(verdictOf(errorOf('blocked'), wasSent)).toEqual({ kind: 'pause', reason: 'blocked', seconds: null });
  });
});

describe('a call that brought no answer', () => {
  it('is never settled when it had not left, unless the pipeline itself refused it', () => {
    for (const kind of API_ERROR_KINDS) {
      const verdict = verdictOf(errorOf(kind), false);
      const isRefusal = verdict.kind === 'settle' && verdict.state !== 'failed';
      expect(verdict.kind === 'settle' && !isRefusal, kind).toBe(false);
      expect(verdict.kind, kind).not.toBe('unknown');
    }
  });

  it('stops the run for what concerns every call', () => {
    expect(verdictOf(errorOf('token'), true)).toMatchObject({ kind: 'pause', reason: 'token', seconds: null });
    expect(verdictOf(errorOf('network'), true)).toMatchObject({ kind: 'pause', reason: 'network', seconds: 60 });
    expect(verdictOf(errorOf('probable_ban'), false)).toMatchObject({ kind: 'pause', reason: 'ban' });
    expect(verdictOf(errorOf('journal'), false)).toMatchObject({ kind: 'pause', reason: 'journal', seconds: null });
  });

  it('waits for somebody when the proxy wants an account, and for nobody else on the way out', () => {
    for (const problem of ['proxy_password', 'proxy_password_refused', 'proxy_unconfirmed'] as const) {
      for (const wasSent of [false, true]) expect(verdictOf(transportFailure(problem), wasSent), problem).toEqual({ kind: 'pause', reason: 'proxy', seconds: null });
    }
    for (const problem of ['proxy_unreachable', 'proxy_refused', 'proxy_no_route', 'no_network', 'dns', 'captive', 'other'] as const) {
      expect(verdictOf(transportFailure(problem), true), problem).toEqual({ kind: 'pause', reason: 'network', seconds: 60 });
    }
  });

  it('is of unknown outcome when its trace or its end was cut after it left', () => {
    expect(verdictOf(errorOf('journal'), true)).toMatchObject({ kind: 'unknown', pause: { reason: 'journal' } });
    expect(verdictOf(errorOf('cancelled'), true)).toEqual({ kind: 'unknown', pause: null });
    const cut = errorOf('network', { message: 'La connexion a été coupée avant la fin de la réponse.' });
    expect(verdictOf(cut, true)).toMatchObject({ kind: 'unknown', pause: { reason: 'network' } });
    expect(verdictOf(errorOf('cancelled'), false)).toEqual({ kind: 'back' });
  });

  it('is of unknown outcome when the network went away under it, whatever the system calls that', () => {
    for (const code of ['ENETDOWN', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNABORTED']) {
      const error = (syscall: string) => transportFailure(transportErrorOf(Object.assign(new Error(code), { code, syscall })).problem);
      expect(verdictOf(error('read'), true), code).toMatchObject({ kind: 'unknown', pause: { reason: 'network', seconds: 60 } });
      expect(verdictOf(error('connect'), true), code).toMatchObject({ kind: 'pause', reason: 'network', seconds: 60 });
    }
  });

  it('rests its endpoint when the provider is known to be down', () => {
    expect(verdictOf(errorOf('provider_down'), false).kind).toBe('rest');
    expect(verdictOf(errorOf('provider_down'), true)).toMatchObject({ kind: 'settle', state: 'failed' });
  });
});

describe('a failure', () => {
  it('is worth one more call at the end when it comes from a gateway or from silence, after the time of the table', () => {
    const again = (error: Parameters<typeof verdictOf>[0]) => verdictOf(error, true);
    for (const status of [502, 503, 504]) expect(again(errorOf('provider_down', { status }))).toMatchObject({ state: 'failed', againInSeconds: 20 });
    expect(again(errorOf('timeout'))).toMatchObject({ state: 'failed', againInSeconds: 10 });
    expect(again(errorOf('provider_down', { status: 503, retry: { rule: 'remind', seconds: 172_800 } }))).toMatchObject({ state: 'failed', againInSeconds: null });
    expect(again(errorOf('service_down', { status: 500 }))).toMatchObject({ state: 'failed', againInSeconds: null });
    expect(again(errorOf('unreadable'))).toMatchObject({ state: 'failed', againInSeconds: null });
  });
});

describe('what a stop left', () => {
  const success = { isSuccess: true, httpStatus: 200, code: null, durationMs: 20, detail: null };
  const call = (seq: number, outcome: TracedCall['outcome']): TracedCall => ({
    ...{ seq, agentId: 'a', dossierId: 'd', endpointId: 'e', identifier: 'i', object: null, outcome },
  });
  const first = { id: 1, repeats: 0 };

  it('goes back to its place when nothing had left', () => {
    expect(settleInterrupted(first, [])).toEqual({ state: 'waiting' });
    expect(settleInterrupted(first, [call(5, { ...success, isSuccess: false, httpStatus: null, durationMs: 0 })])).toEqual({ state: 'waiting' });
    expect(settleInterrupted(first, [call(5, { ...success, isSuccess: false, httpStatus: 429 })])).toEqual({ state: 'waiting' });
  });

  it('is repeated once, said so with the line of the journal, then left to the agent', () => {
    for (const outcome of [null, success]) {
      const once = settleInterrupted(first, [call(41, outcome)]);
      expect(once).toMatchObject({ state: 'waiting', repeats: 1 });
      expect(once.note).toContain('ligne 41');
      expect(once.note).toContain('répété une fois');
      expect(settleInterrupted({ id: 1, repeats: 1 }, [call(77, outcome)])).toMatchObject({ state: 'unknown' });
    }
  });

  it('keeps a failure that the journal knows', () => {
    const failure = { ...success, isSuccess: false, httpStatus: 503, code: '04503', detail: 'Panne.' };
    expect(settleInterrupted(first, [call(8, failure)])).toMatchObject({ state: 'failed', error: { status: 503, message: 'Panne.' } });
    expect(settleInterrupted(first, [call(8, { ...failure, httpStatus: 404 })])).toMatchObject({ state: 'absent' });
  });

  it('is never called again without a word, whatever the journal holds', () => {
    const outcome = fc.option(
      fc.record({ isSuccess: fc.boolean(), httpStatus: fc.option(fc.constantFrom(200, 401, 404, 429, 500, 503)), code: fc.constant(null), durationMs: fc.integer({ min: 0, max: 99 }), detail: fc.constant(null) }),
    );
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 4 }), fc.integer({ min: 0, max: 2 }), (outcomes, repeats) => {
        const settled = settleInterrupted({ id: 1, repeats }, outcomes.map((one, index) => call(index + 1, one)));
        const mayHaveBeenAnswered = outcomes.some((one) => one === null || one.isSuccess);
        if (mayHaveBeenAnswered) expect(settled.note).toMatch(/répété une fois|à vous de décider/);
        if (settled.state === 'waiting' && mayHaveBeenAnswered) expect(settled.repeats).toBe(repeats + 1);
        if (mayHaveBeenAnswered && repeats >= 1) expect(settled.state).toBe('unknown');
      }),
    );
  });
});

describe('the plan', () => {
  const [one = '', other = ''] = madeUpSirens(300_000_000, 2);
  const line = (number: number, siren: string, more: Partial<BatchLine> = {}): BatchLine => ({
    ...{ number, siren: siren as Siren, siret: null, rna: null, name: '', object: '', note: null },
    ...more,
  });

  it('counts a call once for all the lines that need it, and lines without the right identifier apart', () => {
    const counter = callCounter([endpoint('insee.unite_legale.v4'), endpoint('insee.etablissement.v4')]);
    const siret = parseSiret('29903111200012');
    const known = siret.ok ? siret.value : undefined;
    if (!known) throw new Error('not a SIRET');
    counter.add([line(1, one), line(2, one), line(3, other, { object: 'MP-1' }), line(4, other, { object: 'MP-2' }), line(5, sirenOf(known), { siret: known })]);
    expect(counter.result()).toMatchObject([{ calls: 4, unsuited: 0 }, { calls: 1, unsuited: 4 }]);
  });

  it('asks no endpoint with an identifier that it does not take', () => {
    for (const asked of endpoints) {
      const call = callOf(asked, line(1, one));
      if (call) expect(asked.identifiers).toContain('siren');
    }
  });

  it('says why an endpoint is left out', () => {
    const choice = { endpointIds: ['insee.unite_legale.v4', 'inconnu', 'dgfip.attestation_fiscale.v4'], parameters: {}, withDocuments: false, writtenReason: null };
    const chosen = chooseEndpoints(choice, 'marches_publics', ({ id }) => id !== 'dgfip.attestation_fiscale.v4');
    expect(chosen.endpoints.map(({ id }) => id)).toEqual(['insee.unite_legale.v4']);
    expect(chosen.excluded.map(({ endpointId }) => endpointId)).toEqual(['inconnu', 'dgfip.attestation_fiscale.v4']);
  });

  it('ends after its calling time, closed hours and maintenances passed over', () => {
    const fiscal = endpoint('dgfip.attestation_fiscale.v4');
    const plan = estimatePlan({
      counts: [{ endpoint: fiscal, calls: 1_000, unsuited: 0 }],
      schedule: { startAt: null, hours: DEFAULT_OFF_PEAK, recurrence: null },
      ...{ withDocuments: true, limitOf: () => 5, now: NOON },
      durationOf: ([cost]) => (cost?.pool === fiscal.pool ? 7 * 3_600_000 : 0),
    });
    expect(plan.startsAt).toBe('2026-11-25T18:00:00.000Z');
    // Seven hours from 19:00, and the hour of the night when its provider is closed.
    expect(plan.endsAt).toBe('2026-11-26T02:00:00.000Z');
    expect(plan.pools.map(({ pool, calls }) => [pool, calls])).toEqual([[fiscal.pool, 1_000], ['proxied_files', 1_000]]);
  });

  it('renews what ends within the days chosen, by the first of its pieces to end', () => {
    expect(endOfValidity(NOON, [{ validUntil: '2026-12-31' }, { validUntil: '2026-12-01' }, { validUntil: null }])).toBe(Date.parse('2026-12-01'));
    expect(endOfValidity(NOON, [])).toBeGreaterThan(NOON + 180 * 86_400_000);
  });
});

describe('the share of the quota', () => {
  it('is never passed in any window, whatever the moments of asking', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), fc.constantFrom(10, 25, 50), fc.integer({ min: 1, max: 40 }), (gaps, share, limit) => {
        const pace = new Pace(1_000);
        const starts: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (pace.room('data', limit, share, now) <= 0) continue;
          pace.note('data', 1, now);
          starts.push(now);
        }
        const most = Math.max(1, Math.floor((limit * share) / 100));
        for (const start of starts) expect(starts.filter((at) => at > start - 1_000 && at <= start).length).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('says when the next may start', () => {
    const pace = new Pace(1_000);
    pace.note('data', 5, 0);
    expect(pace.opensAt('data', 10, 50, 400)).toBe(1_000);
    expect(pace.opensAt('data', 10, 50, 1_001)).toBe(null);
    expect(pace.room('data', 10, 100, 400)).toBe(Infinity);
  });
});
