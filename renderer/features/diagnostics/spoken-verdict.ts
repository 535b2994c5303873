import { type CheckResult, type CheckState, stateLabels } from '../../../shared/domain/diagnostics';

/** The worst first: it is what has to be heard. */
const STATES: readonly CheckState[] = ['error', 'warning', 'ok', 'skipped'];

/** What a screen reader says once the checks are over. */
export function spokenVerdict(results: readonly CheckResult[]): string {
  const counts = STATES.flatMap((state) => {
    const count = results.filter((result) => result.state === state).length;
    return count === 0 ? [] : [`${count} ${stateLabels[state].toLocaleLowerCase('fr')}`];
  });
  return counts.length === 0 ? '' : `Vérification terminée\u00a0: ${counts.join(', ')}.`;
}
