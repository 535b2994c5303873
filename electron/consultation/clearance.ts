import type { ApiError } from '../../shared/domain/api-error';
import type { ConsultationRequest } from '../../shared/domain/consultation';
import { checkJustification } from '../../shared/domain/justification';
import { errorOf } from '../../shared/errors';
import type { Call, Wish } from './call';
import { pipelineFailure } from './failures';
import { type AuthorisationPort, type CallingAgent, type CataloguePort, ConsultationError, type DossierPort, type Grant } from './ports';

export interface ClearanceDeps {
  readonly catalogue: CataloguePort;
  readonly dossiers: DossierPort;
  readonly authorisation: AuthorisationPort;
}

/** Finds what the request names. Nothing is traced yet: there is nothing to call. */
export function formulate(deps: ClearanceDeps, request: ConsultationRequest, agent: CallingAgent): Wish {
  const dossier = deps.dossiers.find(request.dossierId);
  if (!dossier) throw new ConsultationError(pipelineFailure('unknown_dossier'));
  const endpoint = deps.catalogue.findEndpoint(request.endpointId);
  if (!endpoint) throw new ConsultationError(pipelineFailure('unknown_endpoint'));
  const justification = {
    context: request.context?.trim() || dossier.context,
    recipient: request.recipient ?? dossier.recipient,
    object: request.object?.trim() || dossier.object,
  };
  return { request, agent, dossier, endpoint, justification };
}

/** Steps 1 and 2: the grant, or why there is none. */
export function clear(deps: ClearanceDeps, wish: Wish): { readonly call: Call } | { readonly refusal: ApiError } {
  const authorised = authorise(deps.authorisation, wish);
  if ('refusal' in authorised) return authorised;
  const refusal = justify(deps.catalogue, wish);
  return refusal ? { refusal } : { call: { ...wish, grant: authorised.grant } };
}

/** Step 1. */
export function authorise(authorisation: AuthorisationPort, wish: Wish): { readonly grant: Grant } | { readonly refusal: ApiError } {
  if (wish.dossier.state !== 'open') return { refusal: pipelineFailure('closed_dossier') };
  const answer = authorisation.authorise(wish.agent, wish.dossier, wish.endpoint, wish.justification);
  return answer.ok ? { grant: answer.grant } : { refusal: answer.error };
}

/** Step 2. Purpose first (a control, not a label), then what is sent with the call. */
export function justify(catalogue: CataloguePort, wish: Wish): ApiError | undefined {
  const { request, dossier, endpoint, justification } = wish;
  const isUnjustified = catalogue.relevanceOf(endpoint, dossier.useCase) === 'injustifie';
  if (isUnjustified && !request.writtenReason?.trim()) return errorOf('unjustified');
  const problem = checkJustification(justification, request.identifier).problems[0];
  if (problem) return errorOf('justification', { message: problem.message });
  if (!catalogue.acceptsIdentifier(endpoint, request.identifier)) return pipelineFailure('wrong_identifier');
  const parameters = catalogue.checkParameters(endpoint, request.parameters);
  return parameters.ok ? undefined : errorOf('parameter', { message: parameters.message });
}
