import type { Endpoint } from '../../shared/catalogue/types';
import type { ConsultationRequest } from '../../shared/domain/consultation';
import type { Dossier } from '../../shared/domain/dossier';
import type { Justification } from '../../shared/domain/justification';
import type { CallingAgent, CallIntent, CallPriority, Grant, QuotaClaim } from './ports';

/** What the agent wishes, with everything it names found. */
export interface Wish {
  readonly request: ConsultationRequest;
  readonly agent: CallingAgent;
  readonly dossier: Dossier;
  readonly endpoint: Endpoint;
  readonly justification: Justification;
}

/** A wish that was authorised and justified: it may leave. */
export interface Call extends Wish {
  readonly grant: Grant;
}

/** Calls with the same key get the same answer: the service refuses (409) to run them at once. */
export function callKey({ grant, endpoint, request }: Call): string {
  const parameters = Object.entries(request.parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([grant.environment, grant.tokenKey, endpoint.id, request.identifier, parameters, request.fresh ?? false]);
}

/** What the call asks of the quota; the same object for all its attempts, so that a 429 does not cost it its turn. */
export function claimOf(call: Call, priority: CallPriority): QuotaClaim {
  const { environment, habilitationId, tokenKey } = call.grant;
  const { pool, provider } = call.endpoint;
  return { environment, habilitationId, tokenKey, pool, provider, priority };
}

/** The call as the journal keeps it. */
export function intentOf(wish: Wish): Omit<CallIntent, 'environment'> {
  const { request, agent, dossier, endpoint, justification } = wish;
  return {
    agent,
    dossierId: dossier.id,
    dossierTitle: dossier.title,
    habilitationId: dossier.habilitationId,
    endpointId: endpoint.id,
    provider: endpoint.provider,
    identifier: request.identifier,
    companyName: companyNameOf(wish),
    justification,
    writtenReason: request.writtenReason?.trim() || null,
  };
}

export function companyNameOf({ dossier, request }: Pick<Wish, 'dossier' | 'request'>): string | null {
  return dossier.companies.find((company) => isSameCompany(company.identifier, request.identifier))?.name ?? null;
}

/** An establishment (SIRET) belongs to the company of its first nine digits. */
function isSameCompany(companyIdentifier: string, calledIdentifier: string): boolean {
  if (companyIdentifier === calledIdentifier) return true;
  return /^\d{14}$/.test(calledIdentifier) && calledIdentifier.startsWith(companyIdentifier);
}
