import type { JsonValue } from '../../../shared/domain/json';
import type { Known, KnownAnswer, KnownDocument, KnownFailure, Moment } from '../../../shared/domain/validity';

export const VIGILANCE = 'urssaf.attestation_vigilance.v4';
export const TAX = 'dgfip.attestation_fiscale.v4';
export const MSA = 'msa.conformite_cotisations.v3';

export const today: Moment = { today: '2026-11-25', deadline: null, soonDays: 15 };

export function answerOf(endpointId: string, data: JsonValue, { at = '2026-11-20T09:00:00.000Z', id = 'c1', documents = true } = {}): KnownAnswer {
  const offers = documents ? [{ pointer: '/data/document_url', label: 'Document', linkExpiresAt: null, documentDate: null }] : [];
  return { consultationId: id, endpointId, data, meta: {}, documents: offers, receivedAt: at };
}

export function documentOf(endpointId: string, given: Partial<KnownDocument> = {}): KnownDocument {
  const usual = { id: 'd1', endpointId, consultationId: 'c1', pointer: '/data/document_url', fetchedAt: '2026-11-20T09:00:00.000Z', documentDate: null, validUntil: null };
  return { ...usual, ...given };
}

export function failureOf(endpointId: string, given: Partial<KnownFailure> = {}): KnownFailure {
  return { endpointId, kind: 'outside_perimeter', code: null, message: 'Hors du périmètre.', at: '2026-11-21T09:00:00.000Z', ...given };
}

export function known(given: Partial<Known>): Known {
  return { documents: [], answers: [], failures: [], ...given };
}
