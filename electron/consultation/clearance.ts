import { acceptsIdentifier, checkParameters, findEndpoint, relevanceOf } from '../../shared/catalogue';
import type { ApiError } from '../../shared/domain/api-error';
import type { ConsultationRequest } from '../../shared/domain/consultation';
import { checkJustification } from '../../shared/domain/justification';
import type { Call, Wish } from './call';
import { failureOf } from './failures';
import { type AuthorisationPort, type CallingAgent, ConsultationError, type DossierPort, type Grant } from './ports';

/** Finds what the request names. Nothing is traced yet: there is nothing to call. */
export function formulate(dossiers: DossierPort, request: ConsultationRequest, agent: CallingAgent): Wish {
  const dossier = dossiers.find(request.dossierId);
  if (!dossier) throw new ConsultationError(failureOf('unknown_dossier'));
  const endpoint = findEndpoint(request.endpointId);
  if (!endpoint) throw new ConsultationError(failureOf('unknown_endpoint'));
  const justification = {
    context: dossier.context,
    recipient: dossier.recipient,
    object: request.object?.trim() || dossier.object,
  };
  return { request, agent, dossier, endpoint, justification };
}

/** Steps 1 and 2: the grant, or why there is none. */
export function clear(authorisation: AuthorisationPort, wish: Wish): { readonly call: Call } | { readonly refusal: ApiError } {
  const authorised = authorise(authorisation, wish);
  if ('refusal' in authorised) return authorised;
  const refusal = justify(wish);
  return refusal ? { refusal } : { call: { ...wish, grant: authorised.grant } };
}

function authorise(authorisation: AuthorisationPort, wish: Wish): { readonly grant: Grant } | { readonly refusal: ApiError } {
  if (wish.dossier.state !== 'open') return { refusal: failureOf('closed_dossier') };
  const answer = authorisation.authorise(wish.agent, wish.dossier, wish.endpoint, wish.justification);
  return answer.ok ? { grant: answer.grant } : { refusal: answer.error };
}

/** Purpose first (a control, not a label), then what is sent with the call. */
export function justify(wish: Wish): ApiError | undefined {
  const { request, dossier, endpoint, justification } = wish;
  const isUnjustified = relevanceOf(endpoint, dossier.useCase) === 'injustifie';
  if (isUnjustified && !request.writtenReason?.trim()) return failureOf('unjustified');
  const problem = checkJustification(justification, request.identifier).problems[0];
  if (problem) return { ...failureOf('justification'), message: problem.message };
  if (!acceptsIdentifier(endpoint, request.identifier)) return failureOf('wrong_identifier');
  const parameters = checkParameters(endpoint, request.parameters);
  return parameters.ok ? undefined : { ...failureOf('parameter'), message: parameters.message };
}
