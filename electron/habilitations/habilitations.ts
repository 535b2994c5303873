import { randomUUID } from 'node:crypto';

import type { Agent } from '../../shared/domain/agent';
import { environmentLabels } from '../../shared/domain/environment';
import type { Habilitation, TokenSummary } from '../../shared/domain/habilitation';
import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import type { HabilitationDraft, HabilitationStore, Member, StoredHabilitation } from './habilitation-store';
import type { StoredToken, TokenStore } from './token-store';
import { tokenState } from './token-expiry';

/** The accounts, as far as habilitations need to know them. */
export interface AgentDirectory {
  find(id: string): Agent | undefined;
  list(): readonly Agent[];
}

export interface HabilitationsDeps {
  readonly store: HabilitationStore;
  readonly tokens: TokenStore;
  readonly agents: AgentDirectory;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

export type Habilitations = ReturnType<typeof createHabilitations>;

/** One procedure, one token, and the agents who may use it (CGU §2.1). */
export function createHabilitations({ store, tokens, agents, record, clock }: HabilitationsDeps) {
  function membersOf(stored: StoredHabilitation): readonly Member[] {
    if (!stored.isForEveryone) return stored.members;
    return agents
      .list()
      .filter((agent) => agent.state === 'active' && hasRight(agent.role, 'consult'))
      .map((agent) => ({ agentId: agent.id, endpointIds: null }));
  }

  function habilitationOf(stored: StoredHabilitation): Habilitation {
    const { id, title, environment, recipients, contexts, useCases } = stored;
    return {
      ...{ id, title, environment, recipients, contexts, useCases },
      agents: membersOf(stored),
      token: summaryOf(tokens.find(id, 'current'), clock.now()),
      hasStagedToken: tokens.find(id, 'staged') !== undefined,
    };
  }

  function find(id: string): Habilitation | undefined {
    const stored = store.find(id);
    return stored && habilitationOf(stored);
  }

  function existing(id: string): Habilitation {
    const habilitation = find(id);
    if (!habilitation) throw new IpcFailure('not_found', 'Cette habilitation n’existe plus.');
    return habilitation;
  }

  function trace(author: Agent, habilitation: Pick<Habilitation, 'id' | 'environment'>, detail: string, event: TracedEvent['event'] = 'habilitation.changed') {
    const { id, environment } = habilitation;
    return traceOrRefuse(record, { event, outcome: 'success', ...by(author), habilitationId: id, environment, detail });
  }

  return {
    find,
    existing,
    trace,

    isMember(habilitationId: string, agentId: string): boolean {
      return find(habilitationId)?.agents.some((member) => member.agentId === agentId) ?? false;
    },

    /** Those that the agent may use; a responsable sees all. */
    listFor(agent: Agent): Habilitation[] {
      const seesAll = hasRight(agent.role, 'habilitations.manage');
      return store
        .list()
        .map(habilitationOf)
        .filter((habilitation) => seesAll || habilitation.agents.some((member) => member.agentId === agent.id));
    },

    /** Its author is its first member. */
    async create(author: Agent, draft: HabilitationDraft): Promise<Habilitation> {
      const id = randomUUID();
      await trace(author, { id, environment: draft.environment }, `Habilitation créée : « ${draft.title} » (${environmentLabels[draft.environment]}).`);
      store.insert(id, draft, false, new Date(clock.now()).toISOString());
      store.setMembers(id, [{ agentId: author.id, endpointIds: null }]);
      return existing(id);
    },

    async update(author: Agent, id: string, draft: HabilitationDraft): Promise<Habilitation> {
      const before = existing(id);
      if (draft.environment !== before.environment && before.token.state !== 'missing') {
        throw new IpcFailure('conflict', 'Un jeton est déjà attaché à cette habilitation : créez-en une autre pour un autre environnement.', 'environment');
      }
      await trace(author, before, `Habilitation modifiée : « ${draft.title} » (${changesBetween(before, draft)}).`);
      store.update(id, draft);
      return existing(id);
    },

    async setAgents(author: Agent, id: string, members: readonly Member[]): Promise<Habilitation> {
      const habilitation = existing(id);
      const names = members.map((member) => {
        const agent = agents.find(member.agentId);
        if (!agent) throw new IpcFailure('invalid_input', 'Un des agents choisis n’existe plus : rouvrez la liste.', 'agents');
        return member.endpointIds === null ? agent.login : `${agent.login} (${member.endpointIds.length} données)`;
      });
      if (new Set(members.map((member) => member.agentId)).size !== members.length) {
        throw new IpcFailure('invalid_input', 'Un agent figure deux fois dans la liste.', 'agents');
      }
      await trace(author, habilitation, `Agents de « ${habilitation.title} » : ${names.join(', ') || 'aucun'}.`);
      store.setMembers(id, members);
      return existing(id);
    },
  };
}

function changesBetween(before: HabilitationDraft, after: HabilitationDraft): string {
  const changed = [
    before.title === after.title ? null : 'titre',
    sameList(before.recipients, after.recipients) ? null : 'destinataires',
    sameList(before.contexts, after.contexts) ? null : 'contextes',
    sameList(before.useCases, after.useCases) ? null : 'cas d’usage',
  ].filter((name) => name !== null);
  return changed.join(', ') || 'sans changement';
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.join('\n') === other.join('\n');
}

function summaryOf(token: StoredToken | undefined, nowMs: number): TokenSummary {
  return {
    uid: token?.uid ?? null,
    subject: token?.subject ?? null,
    scopes: token?.scopes ?? [],
    issuedAt: token?.issuedAt ?? null,
    expiresAt: token?.expiresAt ?? null,
    state: tokenState(token, nowMs),
    privileges: token?.privileges ?? null,
    privilegesCheckedAt: token?.privilegesCheckedAt ?? null,
  };
}
