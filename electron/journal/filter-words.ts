import { findEndpoint, providerLabelOf } from '../../shared/catalogue';
import { type JournalFilter, type JournalLine, journalOutcomeLabels } from '../../shared/domain/journal';
import { instantText } from '../files/instant-text';
import type { LineOwner } from './search';

/** Names told of one reading or export; beyond, only how many. */
const NAMED_OWNERS = 5;
const list = new Intl.ListFormat('fr', { type: 'conjunction' });

/** What the ids of a filter are called; an id that nothing names is said as it is. */
export interface FilterNames {
  readonly agentName?: string | null | undefined;
  readonly dossierTitle?: string | null | undefined;
  readonly habilitationTitle?: string | null | undefined;
}

/** Names that a line of the filter gives, and those whose lines match. */
export function namesFrom(line: Pick<JournalLine, 'dossierTitle'> | undefined, owners: readonly LineOwner[], { agentId }: JournalFilter): FilterNames {
  return { agentName: owners.find(({ id }) => id === agentId)?.name, dossierTitle: line?.dossierTitle };
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

/** « 1 204 lignes ». */
export function linesText(count: number): string {
  return `${count.toLocaleString('fr-FR')}\u00a0ligne${count > 1 ? 's' : ''}`;
}

/** « Autres agents : Alix Moreau et Bruno Petit ». */
export function othersText(others: readonly LineOwner[]): string {
  const named = others.slice(0, NAMED_OWNERS).map(({ name }) => name);
  const more = others.length - named.length;
  const said = more === 0 ? named : [...named, `${more} autre${more > 1 ? 's' : ''}`];
  return `Autre${others.length > 1 ? 's agents' : ' agent'}\u00a0: ${list.format(said)}`;
}
