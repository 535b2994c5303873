import type { Agent, Session } from '../../shared/domain/agent';
import type { RecordEvent } from '../../shared/domain/journal';
import type { Clock } from '../storage/clock';
import type { Database } from '../storage/database';
import type { Vault } from '../storage/vault';
import { Accounts } from './accounts';
import { createAgentStore, hasAccounts } from './agent-store';
import type { OidcClientDeps, OidcRequest } from './oidc/oidc-client';
import { createOidcSignIn, type OidcSignIn } from './oidc/oidc-sign-in';
import { createPasswordHasher, type ScryptParameters } from './password-hash';
import { createSecondFactor } from './second-factor';
import { createSessionKeeper, type SessionChangeReason, type SessionKeeper } from './session-keeper';
import { SignIn } from './sign-in';
import { createSignInDelays } from './sign-in-delay';

export { hasAccounts };
export { agentHandlers, sessionHandlers, type SessionHandlersDeps } from './handlers';
export { agentsSchema } from './schema';
export type { Accounts, OidcSignIn, SessionChangeReason, SessionKeeper, SignIn };

export interface AgentsDeps {
  readonly database: Database;
  readonly vault: Vault;
  readonly record: RecordEvent;
  readonly clock: Clock;
  readonly lockAfterMs: () => number;
  readonly onSessionChange: (session: Session | null, reason: SessionChangeReason) => void;
  /** The identity provider that the organisation has chosen; null: passwords of this workstation only. */
  readonly oidc: (OidcClientDeps & { readonly organisation: string }) | null;
  readonly secondFactorRequired: boolean;
  /** Name of the organisation that the machine policy gives to every account; null: typed on screen. */
  readonly fixedOrganisation: string | null;
  readonly scryptParameters?: ScryptParameters;
}

export interface Agents {
  readonly accounts: Accounts;
  readonly signIn: SignIn;
  readonly oidc: OidcSignIn | null;
  readonly keeper: SessionKeeper;
  readonly find: (id: string) => Agent | undefined;
}

/** Accounts, sign-in and the session of this workstation. */
export function createAgents(deps: AgentsDeps): Agents {
  const { database, vault, record, clock, lockAfterMs, onSessionChange, oidc, secondFactorRequired, fixedOrganisation, scryptParameters } = deps;
  const store = createAgentStore(database);
  const hasher = createPasswordHasher(scryptParameters);
  const delays = createSignInDelays(database, () => clock.now());
  const secondFactor = createSecondFactor(database, vault, () => clock.now());
  const keeper = createSessionKeeper({
    ...{ clock, lockAfterMs },
    findAgent: (id) => store.find(id),
    isSecondFactorDue: (id) => secondFactorRequired && !secondFactor.isOn(id),
    onChange: onSessionChange,
  });
  const accounts = new Accounts({ store, hasher, delays, secondFactor, fixedOrganisation, record, clock });
  const signIn = new SignIn({ store, hasher, delays, keeper, secondFactor, record, clock, secondFactorRequired });
  return {
    accounts,
    signIn,
    oidc: oidc && createOidcSignIn({ ...oidc, authenticate: authenticateWith(oidc), accounts, signIn, keeper, record }),
    keeper,
    find: (id) => store.find(id),
  };
}

/** The protocol of identity providers is read when somebody signs in with one. */
function authenticateWith(oidc: OidcClientDeps) {
  return async (request: OidcRequest): Promise<Readonly<Record<string, unknown>>> => {
    const { createOidcClient } = await import('./oidc/oidc-client');
    return createOidcClient(oidc)(request);
  };
}
