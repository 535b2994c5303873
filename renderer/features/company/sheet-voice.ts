import { spokenProgress } from '../../components/spoken-words';
import { type CardEntry, isPending } from './sheet-store';

/** What a screen reader says of the whole sheet: each card shows its own state, and forty of them must not speak at once. */
export function sheetVoice(sheet: Readonly<Record<string, CardEntry>>): string {
  const states = Object.values(sheet).map(({ state }) => state);
  const done = states.filter((state) => !isPending(state));
  if (done.length < states.length) return spokenProgress(done.length, states.length);
  if (states.length === 0) return '';
  const answered = done.filter(({ step }) => step === 'answered').length;
  const others = done.length - answered;
  const without = others === 0 ? '' : `, ${others} sans réponse`;
  return `Consultations terminées : ${answered} réponse${answered > 1 ? 's' : ''}${without}.`;
}
