import type { Environment } from '../../shared/domain/environment';
import type { RecordEvent } from '../../shared/domain/journal';
import type { AuthorisationPort } from '../consultation/ports';
import type { Clock } from '../storage/clock';
import type { Database } from '../storage/database';
import type { Secret } from '../storage/secret';
import type { Vault } from '../storage/vault';
import { createAuthorisationPort } from './authorisation-port';
import { createHabilitationStore } from './habilitation-store';
import { type AgentDirectory, type HabilitationLimits, Habilitations } from './habilitations';
import { ensureSandboxHabilitation } from './sandbox-habilitation';
import { createTokenStore } from './token-store';
import { createTokens, type PrivilegesAnswer, type PrivilegesQuestion, type Tokens } from './tokens';

export { habilitationHandlers } from './handlers';
export { SANDBOX_RECIPIENT } from './sandbox-habilitation';
export { habilitationsSchema } from './schema';
export { tokenKeyOf } from './token-claims';
export { checkWorkstation } from './token-policy';
export { createTokenWatch } from './token-watch';
export type { AgentDirectory, HabilitationLimits, Habilitations, PrivilegesAnswer, PrivilegesQuestion, Tokens };

export interface HabilitationFeatureDeps {
  readonly database: Database;
  readonly vault: Vault;
  readonly agents: AgentDirectory;
  readonly record: RecordEvent;
  readonly clock: Clock;
  /** What the machine policy allows in a habilitation. */
  readonly limits?: HabilitationLimits;
  /** `process.versions.electron`; null outside Electron. */
  readonly electronVersion: string | null;
  readonly environment: () => Environment;
  readonly baseUrlOf: (environment: Environment) => string | null;
  readonly fetchPrivileges: (question: PrivilegesQuestion) => Promise<PrivilegesAnswer>;
}

export interface HabilitationFeature {
  readonly habilitations: Habilitations;
  readonly tokens: Tokens;
  readonly authorisation: AuthorisationPort;
  /** At each start in the sandbox, with the token that the embedded service takes. */
  readonly ensureSandbox: (token: Secret) => void;
}

/** Habilitations, their tokens, and the leave to call. */
export function createHabilitationFeature(deps: HabilitationFeatureDeps): HabilitationFeature {
  const { database, vault, agents, record, clock, environment, baseUrlOf, fetchPrivileges } = deps;
  const workstation = { cipherKind: vault.kind, electronVersion: deps.electronVersion };
  const store = createHabilitationStore(database);
  const tokens = createTokenStore(database, vault);
  const habilitations = new Habilitations({ store, tokens, agents, record, clock, limits: deps.limits ?? {} });
  return {
    habilitations,
    tokens: createTokens({ habilitations, tokens, workstation, fetchPrivileges, clock }),
    authorisation: createAuthorisationPort({
      ...{ habilitations, tokens, workstation, environment, baseUrlOf, record, clock },
      findAgent: (id) => agents.find(id),
    }),
    ensureSandbox: (token) => ensureSandboxHabilitation(store, tokens, token, clock),
  };
}
