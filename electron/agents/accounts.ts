import { randomBytes, randomUUID } from 'node:crypto';

import type { Agent, AgentState } from '../../shared/domain/agent';
import type { RecordEvent } from '../../shared/domain/journal';
import { type Role, roleLabels } from '../../shared/domain/rights';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import { type AgentStore, normaliseLogin } from './agent-store';
import { createOneAtATime } from '../one-at-a-time';
import type { OidcIdentity } from './oidc/allow-list';
import type { PasswordHasher } from './password-hash';
import { checkPassword } from './password-rule';
import { makeReadableCode } from './readable-code';
import type { SecondFactor } from './second-factor';
import type { SignInDelays } from './sign-in-delay';

export interface AccountsDeps {
  readonly store: AgentStore;
  readonly hasher: PasswordHasher;
  readonly delays: SignInDelays;
  readonly secondFactor: Pick<SecondFactor, 'remove'>;
  readonly fixedOrganisation: string | null;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

export interface AccountDraft {
  readonly login: string;
  readonly displayName: string;
  readonly organisation: string;
  readonly role: Role;
}

export interface AccountWithPassword {
  readonly agent: Agent;
  /** Handed over once; its owner must change it at his next sign-in. */
  readonly temporaryPassword: string;
}

/** Accounts: made, suspended and given roles by a responsable. There is always one active responsable. */
export class Accounts {
  readonly #oneAtATime = createOneAtATime();

  constructor(private readonly deps: AccountsDeps) {}

  private async newAgent(draft: AccountDraft, password: string, passwordIsTemporary: boolean) {
    return {
      id: randomUUID(),
      login: acceptableLogin(draft.login),
      displayName: draft.displayName.trim(),
      role: draft.role,
      organisation: this.deps.fixedOrganisation ?? draft.organisation.trim(),
      passwordHash: await this.deps.hasher.hash(password),
      passwordIsTemporary,
      createdAt: new Date(this.deps.clock.now()).toISOString(),
    };
  }

  private existing(id: string): Agent {
    const agent = this.deps.store.find(id);
    if (!agent) throw new IpcFailure('not_found', 'Ce compte n’existe plus : rouvrez la liste des agents.');
    return agent;
  }

  private assertNotLastResponsable(agent: Agent): void {
    const isActiveResponsable = (one: Agent) => one.role === 'responsable' && one.state === 'active';
    const remains = this.deps.store.list().some((other) => other.id !== agent.id && isActiveResponsable(other));
    if (isActiveResponsable(agent) && !remains) {
      throw new IpcFailure('conflict', 'C’est le dernier responsable actif : nommez-en un autre avant de changer ce compte.');
    }
  }

  /** Checks, traces, then acts; nothing else changes the accounts meanwhile. */
  private change(author: Agent, id: string, check: (agent: Agent) => void, detail: (agent: Agent) => string, act: () => void): Promise<Agent> {
    return this.#oneAtATime(async () => {
      const agent = this.existing(id);
      check(agent);
      await traceOrRefuse(this.deps.record, { event: 'agent.changed', outcome: 'success', ...by(author), detail: detail(agent) });
      act();
      return this.existing(id);
    });
  }

  readonly hasAny = () => this.deps.store.hasAny();
  readonly list = () => this.deps.store.list();
  readonly find = (id: string) => this.deps.store.find(id);

  /** The first account is a responsable's; there is no other way in afterwards. */
  readonly createFirst = (draft: Omit<AccountDraft, 'role'> & { readonly password: string }) =>
    this.#oneAtATime(async () => {
      if (this.deps.store.hasAny()) throw alreadySetUp();
      const login = acceptableLogin(draft.login);
      const password = checkPassword(draft.password, login);
      if (!password.ok) throw new IpcFailure('invalid_input', password.message, 'password');
      const agent = await this.newAgent({ ...draft, role: 'responsable' }, password.value, false);
      await traceOrRefuse(this.deps.record, { event: 'agent.created', outcome: 'success', ...by(agent), detail: `Premier compte (responsable) créé : ${agent.login}.` });
      if (!this.deps.store.insertWhenEmpty(agent)) throw alreadySetUp();
      return this.existing(agent.id);
    });

  readonly create = (author: Agent, draft: AccountDraft): Promise<AccountWithPassword> =>
    this.#oneAtATime(async () => {
      if (this.deps.store.findByLogin(draft.login)) throw new IpcFailure('conflict', 'Cet identifiant est déjà pris : choisissez-en un autre.', 'login');
      const temporaryPassword = makeReadableCode();
      const agent = await this.newAgent(draft, temporaryPassword, true);
      await traceOrRefuse(this.deps.record, { event: 'agent.created', outcome: 'success', ...by(author), detail: `Compte créé : ${agent.login} (${roleLabels[agent.role]}).` });
      this.deps.store.insert(agent);
      return { agent: this.existing(agent.id), temporaryPassword };
    });

  readonly findByIdentity = (identity: Pick<OidcIdentity, 'issuer' | 'subject'>) => this.deps.store.findByIdentity(identity);

  /** First sign-in at the organisation's provider: an agent, whose password nobody knows. */
  readonly createFromIdentity = (identity: OidcIdentity, organisation: string): Promise<Agent> =>
    this.#oneAtATime(async () => {
      const login = acceptableLogin(identity.email);
      if (this.deps.store.findByLogin(login)) {
        throw new IpcFailure('conflict', `Un compte de ce poste porte déjà l’identifiant « ${login} » sans être lié à votre organisation : connectez-vous avec son mot de passe, ou adressez-vous au responsable.`);
      }
      const draft = { login, displayName: identity.displayName, organisation, role: 'agent' as const };
      const agent = await this.newAgent(draft, randomBytes(32).toString('base64url'), false);
      await traceOrRefuse(this.deps.record, { event: 'agent.created', outcome: 'success', ...by(agent), detail: `Compte créé à sa première connexion par ${organisation} : ${login} (${roleLabels.agent}).` });
      this.deps.store.insertWithIdentity(agent, identity);
      return this.existing(agent.id);
    });

  readonly setState = (author: Agent, id: string, state: AgentState) =>
    this.change(
      author,
      id,
      (agent) => {
        if (state === 'suspended') this.assertNotLastResponsable(agent);
      },
      (agent) => (state === 'suspended' ? `Compte suspendu : ${agent.login}.` : `Compte réactivé : ${agent.login}.`),
      () => this.deps.store.setState(id, state),
    );

  readonly setRole = (author: Agent, id: string, role: Role) =>
    this.change(
      author,
      id,
      (agent) => {
        if (role !== 'responsable') this.assertNotLastResponsable(agent);
      },
      (agent) => `Profil de ${agent.login} : ${roleLabels[agent.role]} → ${roleLabels[role]}.`,
      () => this.deps.store.setRole(id, role),
    );

  /** Lost telephone: the person signs in with the password alone and sets it up again. */
  readonly removeSecondFactor = (author: Agent, id: string) =>
    this.change(
      author,
      id,
      () => undefined,
      (agent) => `Second facteur retiré : ${agent.login}.`,
      () => this.deps.secondFactor.remove(id),
    );

  /** Forgotten password: a responsable hands over a temporary one; there is no other way in. */
  async resetPassword(author: Agent, id: string): Promise<AccountWithPassword> {
    const temporaryPassword = makeReadableCode();
    const hash = await this.deps.hasher.hash(temporaryPassword);
    const agent = await this.change(
      author,
      id,
      () => undefined,
      (target) => `Mot de passe réinitialisé : ${target.login}.`,
      () => this.deps.store.setPassword(id, { hash, isTemporary: true }),
    );
    this.deps.delays.clear(agent.login);
    return { agent, temporaryPassword };
  }
}

function alreadySetUp(): IpcFailure {
  return new IpcFailure('conflict', 'Un compte existe déjà sur ce poste : identifiez-vous, ou demandez un compte au responsable.');
}

function acceptableLogin(text: string): string {
  const login = normaliseLogin(text);
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,79}$/u.test(login)) {
    throw new IpcFailure('invalid_input', 'Choisissez un identifiant d’au moins deux caractères : lettres, chiffres, point, tiret, arobase.', 'login');
  }
  return login;
}
