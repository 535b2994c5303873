import { findEndpoint, providerLabelOf } from '../../shared/catalogue';
import { type JournalFilter, type JournalLine, journalOutcomeLabels } from '../../shared/domain/journal';
import { instantText } from '../files/instant-text';

/** What the ids of a filter are called; an id that nothing names is said as it is. */
export interface FilterNames {
  readonly agentName?: string | null | undefined;
  readonly dossierTitle?: string | null | undefined;
  readonly habilitationTitle?: string | null | undefined;
}

/** Names that a line of the filter gives. */
export function namesFrom(line: Pick<JournalLine, 'agentName' | 'dossierTitle'> | undefined): FilterNames {
  return { agentName: line?.agentName, dossierTitle: line?.dossierTitle };
}

/** The filter in words, so that a printed export or an event says what was looked for. */
export function describeFilter(filter: JournalFilter, names: FilterNames): string {
  const parts: readonly (readonly [title: string, value: string | undefined])[] = [
    ['début', instant(filter.from)],
    ['fin', instant(filter.to)],
    ['agent', named(filter.agentId, names.agentName)],
    ['dossier', named(filter.dossierId, names.dossierTitle)],
    ['entreprise', filter.identifier],
    ['donnée', named(filter.endpointId, findEndpoint(filter.endpointId ?? '')?.title)],
    ['fournisseur', filter.provider && providerLabelOf(filter.provider)],
    ['résultat', filter.outcome && journalOutcomeLabels[filter.outcome]],
    ['habilitation', named(filter.habilitationId, names.habilitationTitle)],
    ['texte', filter.text && `«\u00a0${filter.text}\u00a0»`],
    ['identifiants de requête', filter.requestIds && String(filter.requestIds.length)],
    ['lignes', filter.kind && (filter.kind === 'calls' ? 'appels seulement' : 'toutes')],
  ];
  const said = parts.flatMap(([title, value]) => (value === undefined || value === '' ? [] : [`${title}\u00a0: ${value}`]));
  return said.length === 0 ? 'Aucun filtre' : said.join('\u00a0; ');
}

function named(id: string | undefined, name: string | null | undefined): string | undefined {
  return id && (name ?? id);
}

function instant(iso: string | undefined): string | undefined {
  return iso === undefined ? undefined : instantText(new Date(iso));
}
