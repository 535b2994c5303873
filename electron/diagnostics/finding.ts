import type { CheckResult } from '../../shared/domain/diagnostics';
import { transportWords } from '../../shared/errors';
import { transportErrorOf } from '../http';

/** What a check saw. */
export type Finding = Pick<CheckResult, 'state' | 'summary' | 'mend' | 'facts'>;
export type Check = (signal: AbortSignal) => Promise<Finding>;
type Facts = Readonly<Record<string, string>>;

const listed = (facts: Facts) => Object.entries(facts).map(([name, value]) => ({ name, value }));

export const ok = (summary: string, facts: Facts = {}): Finding => ({ state: 'ok', summary, mend: null, facts: listed(facts) });
export const skipped = (summary: string): Finding => ({ state: 'skipped', summary, mend: null, facts: [] });
export const warning = (summary: string, mend: string, facts: Facts = {}): Finding => ({ state: 'warning', summary, mend, facts: listed(facts) });
export const fault = (summary: string, mend: string, facts: Facts = {}): Finding => ({ state: 'error', summary, mend, facts: listed(facts) });

/** The words of a transport failure, as a finding. */
export function transportFault(error: unknown, facts: Facts = {}): Finding {
  const { problem, certificate } = transportErrorOf(error);
  const words = transportWords(problem, certificate);
  if (words) return fault(words.message, words.advice, facts);
  if (problem === 'silence') return fault('Le service n’a pas répondu à temps.', 'Réessayez dans quelques minutes ; s’il se tait encore, vérifiez son état sur status.entreprise.api.gouv.fr.', facts);
  return fault('L’échange n’a pas abouti.', 'Relancez. Si cela se reproduit, copiez le rapport et transmettez-le à votre service informatique.', facts);
}
