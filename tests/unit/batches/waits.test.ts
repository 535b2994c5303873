import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { outlookOf } from '../../../electron/batches/outlook';
import { Lane, waitsOf } from '../../../electron/batches/run/lane';
import { findEndpoint } from '../../../shared/catalogue';
import { pauseSentence, waitSentence } from '../../../shared/domain/batch-wait';
import { batchOf } from '../../support/batch';

const MINUTE_MS = 60_000;
/** 00:50 in Paris, ten minutes before the DGFIP's maintenance. */
const BEFORE = Date.parse('2026-11-25T23:50:00Z');
const DURING = Date.parse('2026-11-26T00:30:00Z');
const END = '2026-11-26T01:00:00.000Z';
const FISCAL = 'dgfip.attestation_fiscale.v4';
const LEGAL_UNIT = 'insee.unite_legale.v4';

function lane(id: string): Lane {
  const endpoint = findEndpoint(id);
  if (!endpoint) throw new Error(id);
  return new Lane(endpoint);
}

describe('what a run waits for', () => {
  it('is its providers\u2019 maintenance and rest, until the last of them', () => {
    const [fiscal, legal] = [lane(FISCAL), lane(LEGAL_UNIT)];
    expect(waitsOf([fiscal, legal], BEFORE)).toEqual([]);
    expect(waitsOf([fiscal, legal], DURING)).toEqual([{ provider: 'DGFIP', reason: 'maintenance', until: END }]);
    legal.rest(DURING + 30_000, 'provider');
    fiscal.rest(BEFORE + 15 * MINUTE_MS, 'provider');
    expect(waitsOf([fiscal, legal], DURING).map(({ provider, reason }) => [provider, reason])).toEqual([['DGFIP', 'maintenance'], ['Insee', 'rest']]);
    // A rest that ends within the maintenance lasts until the end of the latter.
    expect(waitsOf([fiscal], BEFORE)).toEqual([{ provider: 'DGFIP', reason: 'maintenance', until: END }]);
  });

  it('is told in Paris time, and by the provider\u2019s name', () => {
    const waits = waitsOf([lane(FISCAL)], DURING);
    expect(waitSentence(waits)).toBe('En attente\u00a0: DGFIP est en maintenance jusqu’à 02:00.');
    expect(waitSentence([{ provider: 'INSEE', reason: 'rest', until: END }])).toBe('En attente\u00a0: INSEE ne répond pas, prochain essai à 02:00.');
    expect(waitSentence([{ provider: 'INSEE', reason: 'quota', until: END }])).toBe('En attente\u00a0: INSEE, quota épuisé jusqu’à 02:00.');
    expect(waitSentence([])).toBe(null);
    expect(pauseSentence('Le lot reprend à l’ouverture de ses heures.', END)).toBe('Le lot reprend à l’ouverture de ses heures. Reprise prévue le 26/11 à 02:00.');
    expect(pauseSentence('Le lot attend que vous le repreniez.', null)).toBe('Le lot attend que vous le repreniez.');
  });
});

describe('a provider that is back', () => {
  it('ends the rest that it was left in peace for, and no other', () => {
    const legal = lane(LEGAL_UNIT);
    legal.rest(DURING + 30_000, 'provider');
    expect(legal.noteProviderBack(DURING)).toBe(true);
    expect(legal.waitAt(DURING)).toBe(null);
    expect(legal.noteProviderBack(DURING)).toBe(false);
    legal.rest(DURING + 10_000, 'quota');
    legal.rest(DURING + 30_000, 'provider');
    expect(legal.waitAt(DURING)).toEqual({ until: DURING + 30_000, reason: 'rest' });
    legal.noteProviderBack(DURING);
    expect(legal.waitAt(DURING)).toEqual({ until: DURING + 10_000, reason: 'quota' });
  });
});

describe('the time left', () => {
  const deps = (calls: Readonly<Record<string, number>>, now: number) => ({
    ...{ store: { isForced: () => false }, items: { remaining: () => Object.entries(calls).map(([endpointId, count]) => ({ endpointId, calls: count })) }, now: () => now },
    durationOf: (_batch: unknown, pools: readonly { readonly calls: number }[]) => pools.reduce((sum, { calls: count }) => sum + count * 1_000, 0),
  });

  it('passes over the maintenance that falls in it', () => {
    const timeLeft = (calls: Readonly<Record<string, number>>, now: number): number | null => outlookOf(deps(calls, now), batchOf(), []).timeLeftMs;
    expect(timeLeft({ [FISCAL]: 60 }, BEFORE)).toBe(MINUTE_MS);
    expect(timeLeft({ [FISCAL]: 60 }, DURING)).toBe(31 * MINUTE_MS);
    expect(timeLeft({ [FISCAL]: 1_200 }, BEFORE)).toBe(80 * MINUTE_MS);
    expect(timeLeft({ [LEGAL_UNIT]: 1_200 }, BEFORE)).toBe(20 * MINUTE_MS);
  });

  it('is never less than the calls themselves take, nor than what is waited for', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), fc.nat(3_600_000), (fiscal, legal, later) => {
        const waits = [{ provider: 'DGFIP', reason: 'rest', until: new Date(DURING + later).toISOString() }] as const;
        const left = outlookOf(deps({ [FISCAL]: fiscal, [LEGAL_UNIT]: legal }, DURING), batchOf(), waits).timeLeftMs ?? 0;
        expect(left).toBeGreaterThanOrEqual((fiscal + legal) * 1_000);
        expect(left).toBeGreaterThanOrEqual(later);
      }),
    );
  });

  it('is not known while somebody is waited for, and none once it is over', () => {
    expect(outlookOf(deps({ [FISCAL]: 1 }, BEFORE), batchOf({ state: 'paused', pauseReason: 'agent' }), []).timeLeftMs).toBe(null);
    expect(outlookOf(deps({}, BEFORE), batchOf({ state: 'done' }), []).timeLeftMs).toBe(0);
  });
});
