import { randomUUID } from 'node:crypto';

import type { Agent } from '../../shared/domain/agent';
import { environmentLabels } from '../../shared/domain/environment';
import type { Habilitation, TokenSummary } from '../../shared/domain/habilitation';
import type { Siret } from '../../shared/domain/identifiers';
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

/** What the machine policy has set; absent: free. */
export interface HabilitationLimits {
  readonly recipient?: Siret | undefined;
  readonly contexts?: readonly string[] | undefined;
}

export interface HabilitationsDeps {
  readonly store: HabilitationStore;
  readonly tokens: TokenStore;
  readonly agents: AgentDirectory;
  readonly record: RecordEvent;
  readonly clock: Clock;
  readonly limits: HabilitationLimits;
}

/** One procedure, one token, and the agents who may use it (CGU §2.1). */
export class Habilitations {
  constructor(private readonly deps: HabilitationsDeps) {}

  private membersOf(stored: StoredHabilitation): readonly Member[] {
    if (!stored.isForEveryone) return stored.members;
    return this.deps.agents
      .list()
      .filter((agent) => agent.state === 'active' && hasRight(agent.role, 'consult'))
      .map((agent) => ({ agentId: agent.id, endpointIds: null }));
  }

  private habilitationOf(stored: StoredHabilitation): Habilitation {
    const { id, title, environment, recipients, contexts, useCases, retentionMonths } = stored;
    return {
      ...{ id, title, environment, recipients, contexts, useCases, retentionMonths },
      agents: this.membersOf(stored),
      token: summaryOf(this.deps.tokens.find(id, 'current'), this.deps.clock.now()),
      hasStagedToken: this.deps.tokens.find(id, 'staged') !== undefined,
    };
  }

  find(id: string): Habilitation | undefined {
    const stored = this.deps.store.find(id);
    return stored && this.habilitationOf(stored);
  }

  existing(id: string): Habilitation {
    const habilitation = this.find(id);
    if (!habilitation) throw new IpcFailure('not_found', 'Cette habilitation n’existe plus : revenez à la liste.');
    return habilitation;
  }

  trace(author: Agent, habilitation: Pick<Habilitation, 'id' | 'environment'>, detail: string, event: TracedEvent['event'] = 'habilitation.changed') {
    const { id, environment } = habilitation;
    return traceOrRefuse(this.deps.record, { event, outcome: 'success', ...by(author), habilitationId: id, environment, detail });
  }

  isMember(habilitationId: string, agentId: string): boolean {
    return this.find(habilitationId)?.agents.some((member) => member.agentId === agentId) ?? false;
  }

  all(): Habilitation[] {
    return this.deps.store.list().map((stored) => this.habilitationOf(stored));
  }

  /** Those that the agent may use; a responsable sees all. */
  listFor(agent: Agent): Habilitation[] {
    const seesAll = hasRight(agent.role, 'habilitations.manage');
    return this.all().filter((habilitation) => seesAll || habilitation.agents.some((member) => member.agentId === agent.id));
  }

  /** The endpoints whose kept answers and documents the agent may read: those of his part; a responsable reads all. */
  readableEndpoints(agent: Agent, habilitationId: string): (endpointId: string) => boolean {
    if (hasRight(agent.role, 'dossiers.manage')) return () => true;
    const member = this.find(habilitationId)?.agents.find((one) => one.agentId === agent.id);
    return (endpointId) => member !== undefined && (member.endpointIds === null || member.endpointIds.includes(endpointId));
  }

  /** Its author is its first member. */
  async create(author: Agent, draft: HabilitationDraft): Promise<Habilitation> {
    assertWithin(draft, this.deps.limits);
    const id = randomUUID();
    await this.trace(author, { id, environment: draft.environment }, `Habilitation créée : « ${draft.title} » (${environmentLabels[draft.environment]}).`);
    this.deps.store.insert(id, draft, false, new Date(this.deps.clock.now()).toISOString());
    this.deps.store.setMembers(id, [{ agentId: author.id, endpointIds: null }]);
    return this.existing(id);
  }

  async update(author: Agent, id: string, draft: HabilitationDraft): Promise<Habilitation> {
    const before = this.existing(id);
    assertWithin(draft, this.deps.limits);
    if (draft.environment !== before.environment && before.token.state !== 'missing') {
      throw new IpcFailure('conflict', 'Un jeton est déjà attaché à cette habilitation : créez-en une autre pour un autre environnement.', 'environment');
    }
    await this.trace(author, before, `Habilitation modifiée : « ${draft.title} » (${changesBetween(before, draft)}).`);
    this.deps.store.update(id, draft);
    return this.existing(id);
  }

  async setAgents(author: Agent, id: string, members: readonly Member[]): Promise<Habilitation> {
    const habilitation = this.existing(id);
    const names = members.map((member) => {
      const agent = this.deps.agents.find(member.agentId);
      if (!agent) throw new IpcFailure('invalid_input', 'Un des agents choisis n’existe plus : rouvrez la liste.', 'agents');
      return member.endpointIds === null ? agent.login : `${agent.login} (${member.endpointIds.length} données)`;
    });
    if (new Set(members.map((member) => member.agentId)).size !== members.length) {
      throw new IpcFailure('invalid_input', 'Un agent figure deux fois dans la liste : ne le gardez qu’une fois.', 'agents');
    }
    await this.trace(author, habilitation, `Agents de « ${habilitation.title} » : ${names.join(', ') || 'aucun'}.`);
    this.deps.store.setMembers(id, members);
    return this.existing(id);
  }
}

/** The organisation's own recipient and contexts, and no other; the sandbox's are fictitious. */
function assertWithin({ environment, recipients, contexts }: HabilitationDraft, limits: HabilitationLimits): void {
  if (environment === 'sandbox') return;
  if (limits.recipient !== undefined && recipients.some((one) => one !== limits.recipient)) {
    throw new IpcFailure('refused', `Votre organisation a fixé le destinataire : seul le SIRET ${limits.recipient} est admis. Retirez les autres.`, 'recipients');
  }
  const foreign = limits.contexts && contexts.find((context) => !limits.contexts?.includes(context));
  if (foreign !== undefined) {
    throw new IpcFailure('refused', `Votre organisation a fixé les contextes : « ${foreign} » n’en fait pas partie. Retirez-le, ou adressez-vous à votre service informatique.`, 'contexts');
  }
}

function changesBetween(before: HabilitationDraft, after: HabilitationDraft): string {
  const changed = [
    before.title === after.title ? null : 'titre',
    sameList(before.recipients, after.recipients) ? null : 'destinataires',
    sameList(before.contexts, after.contexts) ? null : 'contextes',
    sameList(before.useCases, after.useCases) ? null : 'cas d’usage',
    (before.retentionMonths ?? null) === (after.retentionMonths ?? null) ? null : `conservation : ${after.retentionMonths ? `${after.retentionMonths} mois` : 'non déclarée'}`,
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
