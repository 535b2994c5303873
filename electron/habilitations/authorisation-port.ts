import type { Agent } from '../../shared/domain/agent';
import type { Environment } from '../../shared/domain/environment';
import type { RecordEvent } from '../../shared/domain/journal';
import type { Authorisation, AuthorisationPort, Grant } from '../consultation/ports';
import type { Clock } from '../storage/clock';
import type { Secret } from '../storage/secret';
import { findRefusal, refusal } from './authorisation';
import type { Habilitations } from './habilitations';
import { isUsable, tokenState } from './token-expiry';
import { checkWorkstation, type Workstation } from './token-policy';
import type { StoredToken, TokenStore } from './token-store';
import { UNREADABLE_TOKEN } from './tokens';

export interface AuthorisationPortDeps {
  readonly habilitations: Habilitations;
  readonly tokens: TokenStore;
  readonly findAgent: (id: string) => Agent | undefined;
  readonly workstation: Workstation;
  /** Where the application works now. */
  readonly environment: () => Environment;
  /** Origin and path prefix, without trailing slash; null when this environment is not set up here. */
  readonly baseUrlOf: (environment: Environment) => string | null;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

/** Step 1 of the pipeline: may this agent make this call, and with which token. */
export function createAuthorisationPort(deps: AuthorisationPortDeps): AuthorisationPort {
  const { habilitations, tokens, clock } = deps;

  /** A waiting token takes over as soon as the former one no longer serves. */
  function servingToken(habilitationId: string): StoredToken | undefined {
    const current = tokens.find(habilitationId, 'current');
    if (isUsable(tokenState(current, clock.now()))) return current;
    if (isUsable(tokenState(tokens.find(habilitationId, 'staged'), clock.now()))) tokens.promote(habilitationId);
    return tokens.find(habilitationId, 'current');
  }

  function grantOf(habilitationId: string, environment: Environment, token: StoredToken | undefined): Authorisation {
    const baseUrl = deps.baseUrlOf(environment);
    const workstation = checkWorkstation(environment, deps.workstation);
    if (!workstation.ok) return denied(workstation.message, 'Aucun appel n’est envoyé en attendant.');
    if (baseUrl === null) return denied('L’adresse du service n’est pas définie pour cet environnement.', 'Adressez-vous au responsable.');
    const secret = token && reveal(tokens, token);
    if (!token || !secret) return denied(...UNREADABLE_TOKEN);
    const grant: Grant = { habilitationId, environment, baseUrl, tokenKey: token.tokenKey, token: secret };
    return { ok: true, grant };
  }

  return {
    authorise(agent, dossier, endpoint, justification) {
      const token = servingToken(dossier.habilitationId);
      const environment = deps.environment();
      const habilitation = habilitations.find(dossier.habilitationId);
      const error = findRefusal({ agent: deps.findAgent(agent.id), habilitation, dossier, endpoint, justification, environment });
      return error ? { ok: false, error } : grantOf(dossier.habilitationId, environment, token);
    },

    reportTokenRefused(habilitationId, code, tokenKey) {
      const current = tokens.find(habilitationId, 'current');
      if (!current || current.refusedCode !== null || (tokenKey !== undefined && tokenKey !== current.tokenKey)) return;
      tokens.setRefused(current, code ?? '00101');
      servingToken(habilitationId);
      // The call's own outcome is already traced with its code; this line only adds the token's change of state.
      deps
        .record({
          event: 'token.changed',
          outcome: 'failure',
          agentId: null,
          agentName: null,
          habilitationId,
          detail: `Jeton refusé par le service (${code ?? 'sans code'}) : il n’est plus utilisé.`,
        })
        .catch(() => undefined);
    },
  };
}

function reveal(tokens: TokenStore, token: StoredToken): Secret | undefined {
  try {
    return tokens.reveal(token);
  } catch {
    return undefined;
  }
}

function denied(message: string, advice: string): Authorisation {
  return { ok: false, error: refusal('token', message, advice) };
}
