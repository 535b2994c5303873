import { currentEndpoints, isOpenedBy, relevanceOf } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import { type Relevance, type UseCase, useCaseLabels } from '../../../shared/domain/use-case';
import type { Habilitation } from './habilitations-store';

export interface CatalogueEntry {
  readonly endpoint: Endpoint;
  /** The strongest reason that one of the purposes gives. */
  readonly relevance: Relevance;
  /** Purposes of the habilitation that do not justify it. */
  readonly unjustifiedFor: readonly UseCase[];
}

export interface CatalogueGroups {
  /** Opened by the token and justified by a purpose. */
  readonly opened: readonly CatalogueEntry[];
  /** Justified, but the token does not open it: the applicant may ask for it. */
  readonly closed: readonly CatalogueEntry[];
  /** No purpose of the habilitation justifies it, whatever the token opens. */
  readonly unjustified: readonly CatalogueEntry[];
}

/** What a habilitation opens, what it does not, and what its purposes do not justify. */
export function catalogueGroups({ token, useCases }: Pick<Habilitation, 'token' | 'useCases'>, text: string): CatalogueGroups {
  const scopes = token.privileges ?? token.scopes;
  const entries = currentEndpoints.filter((endpoint) => matches(endpoint, text)).map((endpoint) => entryOf(endpoint, useCases));
  const justified = entries.filter(({ relevance }) => relevance !== 'injustifie');
  return {
    opened: justified.filter(({ endpoint }) => isOpenedBy(endpoint, scopes)),
    closed: justified.filter(({ endpoint }) => !isOpenedBy(endpoint, scopes)),
    unjustified: entries.filter(({ relevance }) => relevance === 'injustifie'),
  };
}

function entryOf(endpoint: Endpoint, useCases: readonly UseCase[]): CatalogueEntry {
  const relevances = useCases.map((useCase) => relevanceOf(endpoint, useCase));
  const relevance = relevances.includes('indispensable') ? 'indispensable' : relevances.includes('utile') ? 'utile' : 'injustifie';
  return { endpoint, relevance, unjustifiedFor: useCases.filter((useCase) => relevanceOf(endpoint, useCase) === 'injustifie') };
}

/** Every word typed is found in the title, the provider, the perimeter or a scope, accents aside. */
function matches({ title, providerLabel, perimeter, scopes }: Endpoint, text: string): boolean {
  const searched = fold([title, providerLabel, perimeter, ...scopes].join(' '));
  return fold(text).split(/\s+/).every((word) => searched.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();
}

export function purposeNames(useCases: readonly UseCase[]): string {
  return useCases.map((useCase) => useCaseLabels[useCase]).join(', ');
}
