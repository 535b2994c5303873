import type { Agent, Session } from '../../../shared/domain/agent';
import type { RecordEvent } from '../../../shared/domain/journal';
import { IpcFailure } from '../../ipc-failure';
import type { OidcPolicy } from '../../storage/policy';
import { by, traceOrRefuse } from '../../trace';
import type { Accounts } from '../accounts';
import type { SessionKeeper } from '../session-keeper';
import type { SignIn } from '../sign-in';
import { identityOf, type OidcIdentity } from './allow-list';
import type { OidcRequest } from './oidc-client';
import { isOutage, networkTrouble, OidcSetupError, OidcTimeoutError, saysWhy } from './oidc-failures';

export interface OidcSignInDeps {
  readonly policy: OidcPolicy;
  /** Name of the organisation, as the button says it. */
  readonly organisation: string;
  readonly authenticate: (request: OidcRequest) => Promise<Readonly<Record<string, unknown>>>;
  readonly accounts: Pick<Accounts, 'hasAny' | 'findByIdentity' | 'createFromIdentity'>;
  readonly signIn: Pick<SignIn, 'openFor'>;
  readonly keeper: Pick<SessionKeeper, 'current' | 'lockedAgent'>;
  readonly record: RecordEvent;
}

export type OidcSignIn = ReturnType<typeof createOidcSignIn>;

/** Sign-in at the organisation's identity provider; one attempt at a time, the last one begun. */
export function createOidcSignIn(deps: OidcSignInDeps) {
  let attempt: AbortController | null = null;

  async function refuse(agent: Agent | undefined, detail: string, message: string): Promise<IpcFailure> {
    await traceOrRefuse(deps.record, { event: 'session.refused', outcome: 'refused', ...by(agent), detail });
    return new IpcFailure('refused', message);
  }

  async function claims(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    try {
      return await deps.authenticate({ signal, mustProveAgain: deps.keeper.lockedAgent() !== null });
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (error instanceof OidcTimeoutError) throw new IpcFailure('refused', 'La connexion n’a pas été terminée dans le navigateur en cinq minutes : recommencez.');
      if (error instanceof OidcSetupError) throw new IpcFailure('unavailable', 'La page de connexion annoncée n’est pas sur le site du service d’identification : prévenez le responsable.');
      const onTheWay = networkTrouble(error);
      if (onTheWay) throw new IpcFailure('unavailable', `Le service d’identification de votre organisation est hors d’atteinte. ${onTheWay}`);
      if (isOutage(error)) throw new IpcFailure('unavailable', 'Le service d’identification de votre organisation ne répond pas. Réessayez dans un moment ; si cela dure, prévenez votre service informatique.');
      throw await refuse(undefined, `Connexion par ${deps.organisation} refusée : ${saysWhy(error)}`, `${saysWhy(error)} Recommencez la connexion.`);
    }
  }

  async function identify(rawClaims: unknown): Promise<OidcIdentity> {
    const identity = identityOf(rawClaims, deps.policy);
    if (identity.ok) return identity.value;
    throw await refuse(undefined, `Connexion par ${deps.organisation} refusée. ${identity.message}`, `Vous n’êtes pas admis sur ce poste. ${identity.message} Adressez-vous au responsable.`);
  }

  /** Only an identity already known, or a new account: an e-mail never gives an existing account away. */
  async function accountOf(identity: OidcIdentity): Promise<Agent> {
    const agent = deps.accounts.findByIdentity(identity) ?? (await deps.accounts.createFromIdentity(identity, deps.organisation));
    if (agent.state === 'suspended') throw await refuse(agent, 'Compte suspendu.', 'Votre compte est suspendu : adressez-vous au responsable.');
    if (agent.role === 'service') throw await refuse(agent, 'Compte de service.', 'Ce compte ne s’ouvre pas à l’écran : adressez-vous au responsable.');
    return agent;
  }

  async function run(signal: AbortSignal): Promise<Session> {
    if (!deps.accounts.hasAny()) throw new IpcFailure('conflict', 'Un responsable doit d’abord créer son compte sur ce poste : adressez-vous à lui.');
    const identity = await identify(await claims(signal));
    if (signal.aborted) throw cancelled();
    const agent = await accountOf(identity);
    return deps.signIn.openFor(agent, `Ouverture de session par ${deps.organisation}.`);
  }

  return {
    async start(): Promise<Session> {
      if (deps.keeper.current()) throw new IpcFailure('conflict', 'Une session est déjà ouverte : fermez-la d’abord.');
      attempt?.abort();
      const own = new AbortController();
      attempt = own;
      try {
        return await run(own.signal);
      } finally {
        if (attempt === own) attempt = null;
      }
    },
    cancel(): void {
      attempt?.abort();
    },
  };
}

function cancelled(): IpcFailure {
  return new IpcFailure('refused', 'La connexion est annulée : recommencez quand vous voulez.');
}
