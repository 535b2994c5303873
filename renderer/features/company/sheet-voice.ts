import type { ConsultationState } from '../../../shared/domain/consultation';
import { spokenProgress } from '../../components/spoken-words';
import { type CardEntry, isPending } from './sheet-store';

/** What a screen reader says of the whole sheet: each card shows its own state, and forty of them must not speak at once. */
export function sheetVoice(sheet: Readonly<Record<string, CardEntry>>): string {
  const states = Object.values(sheet).map(({ state }) => state);
  const done = states.filter((state) => !isPending(state));
  if (done.length < states.length) return waitingVoice(states) ?? spokenProgress(done.length, states.length);
  if (states.length === 0) return '';
  const answered = done.filter(({ step }) => step === 'answered').length;
  const others = done.length - answered;
  const without = others === 0 ? '' : `, ${others} sans réponse`;
  return `Consultations terminées : ${answered} réponse${answered > 1 ? 's' : ''}${without}.`;
}

/** Once nothing leaves any more: every call left waits for its turn. */
function waitingVoice(states: readonly ConsultationState[]): string | null {
  const pending = states.filter(isPending);
  if (!pending.every((state) => state.step === 'queued' && state.position > 0)) return null;
  return `Quota de la minute atteint : ${pending.length > 1 ? 'les consultations attendent leur tour et partiront d’elles-mêmes' : 'la consultation attend son tour et partira d’elle-même'}.`;
}

/** In place of the identity that no answer has told yet: what is going on, else what to do. */
export function unknownIdentityWords(sheet: Readonly<Record<string, Pick<CardEntry, 'state'>>>): string {
  const states = Object.values(sheet).map(({ state }) => state);
  const done = states.filter((state) => !isPending(state)).length;
  if (states.length === 0) return 'Lancez «\u00a0Tout consulter\u00a0»\u00a0: la fiche se remplit à mesure que les fournisseurs répondent.';
  if (done < states.length) return `Consultation en cours, ${done} sur ${states.length}\u00a0: la fiche se remplit à mesure que les fournisseurs répondent.`;
  return 'Aucune réponse n’a donné l’identité de l’entreprise\u00a0: chaque donnée ci-dessous dit ce qu’elle a reçu, et peut être relancée.';
}
