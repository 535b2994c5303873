import { checks, type CheckResult, stateLabels } from '../../shared/domain/diagnostics';
import { frenchSpaces } from '../../shared/domain/french-spaces';
import { redact } from '../redaction';

export interface ReportFacts {
  readonly at: string;
  /** Names and values: versions, system, environment. */
  readonly application: Readonly<Record<string, string>>;
  readonly results: readonly CheckResult[];
  /** Of the last calls, newest first; null: the history cannot be read. */
  readonly requests: readonly { readonly id: string; readonly at: string; readonly status: number | null }[] | null;
}

/** Plain text for support; it goes through the logger's redaction as anything that leaves. */
export function reportText({ at, application, results, requests }: ReportFacts): string {
  const lines = [
    'Instruire : rapport de diagnostic',
    `Établi le ${at}`,
    '',
    ...Object.entries(application).map(([name, value]) => `${name} : ${value}`),
    '',
    'Vérifications',
    ...(results.length === 0 ? ['- aucune n’a été lancée'] : results.flatMap(linesOf)),
    '',
    'Derniers appels (identifiants à donner au support d’API Entreprise)',
    ...linesOfRequests(requests),
    '',
  ];
  return frenchSpaces(redact(lines.join('\n')));
}

function linesOfRequests(requests: ReportFacts['requests']): readonly string[] {
  if (requests === null) return ['- illisibles : l’historique ne répond pas'];
  return requests.length === 0 ? ['- aucun'] : requests.map(({ id, at, status }) => `- ${id}, ${at}, statut ${status ?? 'inconnu'}`);
}

function linesOf({ checkId, state, summary, facts, durationMs, at }: CheckResult): string[] {
  const head = `- ${checks[checkId].title} : ${stateLabels[state]} (${durationMs} ms, ${at}). ${summary}`;
  return [head, ...facts.map(({ name, value }) => `    ${name} : ${value}`)];
}
