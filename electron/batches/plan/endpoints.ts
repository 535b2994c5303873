import { findEndpoint, relevanceOf } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { BatchChoice } from '../../../shared/domain/batch';
import type { UseCase } from '../../../shared/domain/use-case';

export interface ChosenEndpoints {
  readonly endpoints: readonly Endpoint[];
  readonly excluded: readonly { readonly endpointId: string; readonly reason: string }[];
  readonly warnings: readonly string[];
}

/** The endpoints of a choice that a run can ask, why the others are left out, what is worth knowing before it starts. */
export function chooseEndpoints(choice: BatchChoice, useCase: UseCase, isAllowed: (endpoint: Endpoint) => boolean): ChosenEndpoints {
  const found = choice.endpointIds.map((id) => ({ id, endpoint: findEndpoint(id) }));
  const verdicts = found.map(({ id, endpoint }) => ({ id, endpoint, reason: exclusionOf(endpoint, choice, useCase, isAllowed) }));
  const endpoints = verdicts.flatMap(({ endpoint, reason }) => (endpoint && reason === null ? [endpoint] : []));
  return {
    endpoints,
    excluded: verdicts.flatMap(({ id, reason }) => (reason === null ? [] : [{ endpointId: id, reason }])),
    warnings: endpoints.flatMap(({ title, maintenance }) =>
      maintenance ? [`« ${title} » n’est pas appelée pendant la maintenance de son fournisseur, de ${maintenance.from} à ${maintenance.to}.`] : [],
    ),
  };
}

function exclusionOf(
  endpoint: Endpoint | undefined,
  { writtenReason, parameters }: BatchChoice,
  useCase: UseCase,
  isAllowed: (endpoint: Endpoint) => boolean,
): string | null {
  if (!endpoint) return 'Cette donnée ne figure pas au catalogue de l’application.';
  if (endpoint.identifiers.length === 0) return 'Cette donnée ne se demande pas pour une entreprise : elle n’a pas sa place dans un lot.';
  if (!isAllowed(endpoint)) return 'Votre habilitation ne comprend pas cette donnée.';
  if (relevanceOf(endpoint, useCase) === 'injustifie' && !writtenReason?.trim()) {
    return 'Le cas d’usage du dossier ne justifie pas cette donnée : indiquez pourquoi par écrit, ou retirez-la.';
  }
  const given = parameters[endpoint.id] ?? {};
  const missing = endpoint.parameters.find(({ name, required }) => required && !Object.hasOwn(given, name));
  return missing ? `Le champ « ${missing.label} » est à remplir.` : null;
}
