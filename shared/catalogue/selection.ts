import type { Relevance, UseCase } from '../domain/use-case';
import { currentGenerationEndpoints } from './endpoints';
import type { Endpoint } from './types';

/** What screens offer: the newest version of each endpoint, and a deprecated one only while nothing replaces it. */
export const currentEndpoints: readonly Endpoint[] = currentGenerationEndpoints.filter(
  ({ deprecated, replacedBy }) => !deprecated || replacedBy.length === 0,
);

/** What a purpose leaves on offer, the indispensable first. */
export function endpointsForUseCase(useCase: UseCase): readonly Endpoint[] {
  const offered = currentEndpoints.filter((endpoint) => relevanceOf(endpoint, useCase) !== 'injustifie');
  const isIndispensable = (endpoint: Endpoint) => relevanceOf(endpoint, useCase) === 'indispensable';
  return [...offered.filter(isIndispensable), ...offered.filter((endpoint) => !isIndispensable(endpoint))];
}

/** A purpose that says nothing about an endpoint does not forbid it. */
export function relevanceOf(endpoint: Endpoint, useCase: UseCase): Relevance {
  return endpoint.useCases[useCase] ?? 'utile';
}

/** Any one of the listed scopes is enough (API Entreprise, scopes by operation). */
export function isOpenedBy(endpoint: Endpoint, scopes: readonly string[]): boolean {
  return endpoint.scopes.length === 0 || endpoint.scopes.some((scope) => scopes.includes(scope));
}
