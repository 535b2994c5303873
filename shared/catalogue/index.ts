import { currentGenerationEndpoints } from './endpoints';
import type { Endpoint, EndpointId } from './types';
import { v2Endpoints } from './v2';

export { acceptsIdentifier, callPath, checkParameters } from './call';
export { type CalledCompany, defaultParameters, identifierFor } from './company-call';
export { currentEndpoints, endpointsForUseCase, isOpenedBy, relevanceOf } from './selection';
export { V2_CLOSED_SENTENCE, V2_MARK, v2Endpoints } from './v2';

/** Everything that can be called, all generations together. */
export const endpoints: readonly Endpoint[] = [...currentGenerationEndpoints, ...v2Endpoints];

const providerLabels: ReadonlyMap<string, string> = new Map(endpoints.map(({ provider, providerLabel }) => [provider, providerLabel]));

/** A provider as the agent knows it; one that the catalogue does not hold is said as it is. */
export function providerLabelOf(provider: string): string {
  return providerLabels.get(provider) ?? provider;
}

/** Lists the rights of a token; needs no justification and reaches no provider. */
export const PRIVILEGES_PATH = '/privileges';

const endpointsById: ReadonlyMap<EndpointId, Endpoint> = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));

export function findEndpoint(id: EndpointId): Endpoint | undefined {
  return endpointsById.get(id);
}
