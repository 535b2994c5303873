import { describe, expect, it } from 'vitest';

import { sheetVoice, unknownIdentityWords } from '../../../renderer/features/company/sheet-voice';
import type { ConsultationState } from '../../../shared/domain/consultation';

const said = (...states: readonly ConsultationState[]) => unknownIdentityWords(Object.fromEntries(states.map((state, rank) => [String(rank), { state }]))).replace(/\s/g, ' ');
const failed: ConsultationState = {
  step: 'failed',
  at: '2026-11-24T08:00:00.000Z',
  error: { kind: 'internal', message: 'm', advice: 'a', status: null, code: null, provider: null, requestId: null, retry: { rule: 'by_hand' } },
};

describe('a company that no answer has told yet', () => {
  it('invites to consult only where nothing was asked', () => {
    expect(said()).toContain('Lancez « Tout consulter »');
  });

  it('says how far the calls are while they run', () => {
    expect(said({ step: 'preparing' }, failed, { step: 'preparing' })).toContain('Consultation en cours, 1 sur 3 :');
  });

  it('says that nobody told it once they are over', () => {
    expect(said(failed)).toContain('Aucune réponse n’a donné l’identité');
  });
});

describe('what is spoken of a sheet', () => {
  const spoken = (...states: readonly ConsultationState[]) => sheetVoice(Object.fromEntries(states.map((state, rank) => [String(rank), { endpointId: String(rank), consultationId: String(rank), state, lastAnswer: null, previousAnswer: null }]))).replace(/\s/g, ' ');
  const queued = (position: number): ConsultationState => ({ step: 'queued', position, waitMs: 20_000, reason: '' });

  it('tells that the quota makes everything wait, in the same words as long as it does', () => {
    expect(spoken(failed, queued(1), queued(2))).toBe(spoken(failed, queued(1), queued(9)));
    expect(spoken(failed, queued(1))).toMatch(/^Quota de la minute atteint : la consultation attend son tour/);
  });

  it('tells how far it is while calls leave, then how it ended', () => {
    expect(spoken(failed, { step: 'preparing' }, queued(1))).toBe('Avancement : 25 %');
    expect(spoken(failed, failed)).toBe('Consultations terminées : 0 réponse, 2 sans réponse.');
  });
});
