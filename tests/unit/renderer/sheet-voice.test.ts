import { describe, expect, it } from 'vitest';

import { unknownIdentityWords } from '../../../renderer/features/company/sheet-voice';
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
