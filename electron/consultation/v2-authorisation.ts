import { V2_CLOSED_SENTENCE } from '../../shared/catalogue';
import type { ApiError } from '../../shared/domain/api-error';
import { errorOf } from '../../shared/errors';
import type { AuthorisationPort } from './ports';

export interface V2Access {
  /** The workstation's setting; off unless a responsable turned it on. */
  readonly isOpen: () => boolean;
  /** The machine policy's choice, for a gateway that still reads the token in the address. */
  readonly tokenInQuery: boolean;
}

/** Refuses version 2 in words while it is closed; the other versions pass as they are. */
export function withV2Access(authorisation: AuthorisationPort, access: V2Access): AuthorisationPort {
  return {
    authorise(agent, dossier, endpoint, justification) {
      if (endpoint.version === 2 && !access.isOpen()) return { ok: false, error: closed() };
      const answer = authorisation.authorise(agent, dossier, endpoint, justification);
      if (!answer.ok || endpoint.version !== 2) return answer;
      return { ok: true, grant: { ...answer.grant, tokenInQuery: access.tokenInQuery } };
    },
    reportTokenRefused: (habilitationId, code, tokenKey) => authorisation.reportTokenRefused(habilitationId, code, tokenKey),
  };
}

function closed(): ApiError {
  return errorOf('version', {
    message: V2_CLOSED_SENTENCE,
    advice: 'Choisissez la donnée qui la remplace. Un responsable peut ouvrir la version 2 dans « Réglages ».',
  });
}
