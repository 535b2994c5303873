import { describe, expect, it } from 'vitest';

import { catalogueGroups } from '../../../renderer/features/habilitations/catalogue-groups';
import type { Habilitation } from '../../../renderer/features/habilitations/habilitations-store';
import { tokenNoticesOf } from '../../../renderer/features/habilitations/token-notice-words';
import { countdownText, stateNow } from '../../../renderer/features/habilitations/token-words';
import { currentEndpoints } from '../../../shared/catalogue';
import type { Siret } from '../../../shared/domain/identifiers';
import type { UseCase } from '../../../shared/domain/use-case';

const nowMs = Date.UTC(2026, 0, 5, 8);
const inMs = (ms: number) => new Date(nowMs + ms).toISOString();
const DAY_MS = 86_400_000;

function habilitation(token: Partial<Habilitation['token']>, useCases: readonly UseCase[] = ['marches_publics']): Habilitation {
  return {
    ...{ id: 'h1', title: 'Marchés', environment: 'sandbox', recipients: ['99900012800010' as Siret], contexts: ['Marchés publics'], useCases, agents: [] },
    token: { uid: null, subject: null, scopes: [], issuedAt: null, expiresAt: null, state: 'active', privileges: null, privilegesCheckedAt: null, ...token },
  };
}

describe('a token near its end', () => {
  it('counts down in the unit that matters', () => {
    const texts = [400 * DAY_MS, 2 * DAY_MS, DAY_MS - 60_000, 61_000, 39_500, 0].map((ms) => countdownText(inMs(ms), nowMs)?.replace(/\u00a0/g, ' '));
    expect(texts).toEqual(['Encore 400 jours', 'Encore 2 jours', 'Encore 23 h 59 min', 'Encore 1 min 1 s', 'Encore 39 s', 'Expiré']);
    expect(countdownText(null, nowMs)).toBeNull();
  });

  it('is seen expired at the second, before main says so', () => {
    expect(stateNow({ state: 'expiring', expiresAt: inMs(1) }, nowMs)).toBe('expiring');
    expect(stateNow({ state: 'expiring', expiresAt: inMs(0) }, nowMs)).toBe('expired');
    expect(stateNow({ state: 'revoked', expiresAt: inMs(0) }, nowMs)).toBe('revoked');
  });

  it('brings one notice, that comes back at each threshold and tells each role what to do', () => {
    const noticeAt = (days: number, isManager = true) => tokenNoticesOf([habilitation({ state: 'expiring', expiresAt: inMs(days * DAY_MS) })], isManager, nowMs)[0];
    expect([90, 61, 60, 30, 14, 7, 1].map((days) => noticeAt(days)?.id)).toEqual(['h1/90', 'h1/90', 'h1/60', 'h1/30', 'h1/14', 'h1/7', 'h1/1']);
    expect([90, 30, 7].map((days) => noticeAt(days)?.tone)).toEqual(['ink', 'amber', 'red']);
    expect(noticeAt(7)?.message).toContain('Faites-le prolonger');
    expect(noticeAt(7, false)?.message).toContain('Votre responsable');
    expect(tokenNoticesOf([habilitation({ expiresAt: inMs(400 * DAY_MS) }), habilitation({ state: 'missing' })], true, nowMs)).toEqual([]);
  });

  it('stays quiet while a new token waits, and speaks up once nothing serves', () => {
    const expiring = { ...habilitation({ state: 'expiring', expiresAt: inMs(DAY_MS) }), hasStagedToken: true };
    const ended = { ...habilitation({ state: 'expired' }), hasStagedToken: true };
    expect(tokenNoticesOf([expiring, ended], true, nowMs)).toEqual([]);
    const endings = (['expired', 'refused', 'revoked'] as const).map((state) => tokenNoticesOf([habilitation({ state })], true, nowMs)[0]?.message);
    expect(endings.map((message) => /a expiré|est refusé|est arrêté/.exec(message ?? '')?.[0])).toEqual(['a expiré', 'est refusé', 'est arrêté']);
  });
});

describe('the catalogue of a habilitation', () => {
  it('splits every offered endpoint, once, by what the token opens and the purpose justifies', () => {
    const { opened, closed, unjustified } = catalogueGroups(habilitation({ scopes: ['attestation_fiscale_dgfip'] }), '');
    const ids = [...opened, ...closed, ...unjustified].map(({ endpoint }) => endpoint.id);
    expect(ids.sort()).toEqual(currentEndpoints.map(({ id }) => id).sort());
    expect(opened.map(({ endpoint }) => endpoint.id)).toContain('dgfip.attestation_fiscale.v4');
    expect(closed.map(({ endpoint }) => endpoint.id)).toContain('insee.unite_legale.v4');
    expect(unjustified.map(({ endpoint }) => endpoint.path).join()).toContain('beneficiaires');
  });

  it('believes the service before the token', () => {
    const { opened } = catalogueGroups(habilitation({ scopes: ['attestation_fiscale_dgfip'], privileges: [] }), '');
    expect(opened.map(({ endpoint }) => endpoint.id)).not.toContain('dgfip.attestation_fiscale.v4');
  });

  it('justifies with any one of several purposes, and names those that do not', () => {
    const { opened } = catalogueGroups(habilitation({ scopes: ['attestation_fiscale_dgfip'] }, ['marches_publics', 'socle_de_base']), 'attestation fiscale');
    expect(opened.find(({ endpoint }) => endpoint.id === 'dgfip.attestation_fiscale.v4')).toMatchObject({ relevance: 'indispensable', unjustifiedFor: ['socle_de_base'] });
  });

  it('is searched by words in any order, accents aside', () => {
    const found = (text: string) => catalogueGroups(habilitation({}), text).closed.map(({ endpoint }) => endpoint.id);
    expect(found('DGFIP fiscale')).toContain('dgfip.attestation_fiscale.v4');
    expect(found('unite legale insee')).toContain('insee.unite_legale.v4');
    expect(found('rien de tel')).toEqual([]);
  });
});
