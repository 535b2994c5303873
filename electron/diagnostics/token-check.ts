import type { Agent } from '../../shared/domain/agent';
import type { Environment } from '../../shared/domain/environment';
import type { Habilitation } from '../../shared/domain/habilitation';
import { hasRight } from '../../shared/domain/rights';
import { IpcFailure } from '../ipc-failure';
import { fault, type Finding, ok, skipped } from './finding';

export interface TokenCheckDeps {
  readonly environment: () => Environment;
  readonly habilitationsOf: (agent: Agent) => readonly Habilitation[];
  /** Asks the service what the token opens; traced under its author. Throws an {@link IpcFailure} in words. */
  readonly testToken: (agent: Agent, habilitationId: string) => Promise<Habilitation>;
}

/** Whether the service knows the token of an habilitation that the agent may use. */
export async function checkToken({ environment, habilitationsOf, testToken }: TokenCheckDeps, agent: Agent, habilitationId: string | null): Promise<Finding> {
  const candidates = habilitationsOf(agent).filter((one) => one.environment === environment() && (habilitationId === null || one.id === habilitationId));
  const habilitation = candidates.find(({ token }) => token.state !== 'missing') ?? candidates[0];
  if (!habilitation) return skipped('Aucune habilitation à laquelle vous participez n’a de jeton à essayer dans cet environnement.');
  // A test makes a waiting token serve: that is the responsable's decision.
  if (habilitation.hasStagedToken && !hasRight(agent.role, 'habilitations.manage')) return skipped('Un nouveau jeton attend d’être essayé par votre responsable.');
  const facts = { Habilitation: habilitation.title };
  try {
    const tested = await testToken(agent, habilitation.id);
    return ok('Le service reconnaît le jeton.', { ...facts, 'Droits ouverts': String(tested.token.privileges?.length ?? 0) });
  } catch (error) {
    if (!(error instanceof IpcFailure)) throw error;
    return fault(error.message, 'Prévenez votre responsable : lui seul peut vérifier, remplacer ou prolonger le jeton.', facts);
  }
}
