import type { Agent, Session } from '../../shared/domain/agent';
import type { RecordEvent } from '../../shared/domain/journal';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { UndecryptableSecretError } from '../storage/vault';
import { by, traceOrRefuse } from '../trace';
import type { AgentStore } from './agent-store';
import { normaliseLogin } from './agent-store';
import { createOneAtATime } from '../one-at-a-time';
import type { PasswordHasher } from './password-hash';
import { checkPassword } from './password-rule';
import type { SecondFactor, SecondFactorSetup } from './second-factor';
import type { SessionKeeper } from './session-keeper';
import type { SignInDelays } from './sign-in-delay';

export interface Credentials {
  readonly password: string;
  /** Second factor: six digits, or a recovery code. */
  readonly code?: string | undefined;
  /** Due when the password is temporary. */
  readonly newPassword?: string | undefined;
}

export interface SignInDeps {
  readonly store: AgentStore;
  readonly hasher: PasswordHasher;
  readonly delays: SignInDelays;
  readonly keeper: SessionKeeper;
  readonly secondFactor: SecondFactor;
  readonly record: RecordEvent;
  readonly clock: Clock;
  /** The organisation demands it of everybody. */
  readonly secondFactorRequired: boolean;
}

/** Local sign-in, unlock, sign-out and change of one's own password. */
export class SignIn {
  readonly #oneAtATime = createOneAtATime();

  constructor(private readonly deps: SignInDeps) {}

  private async openSession(login: string, credentials: Credentials): Promise<Session> {
    const found = this.deps.store.findByLogin(normaliseLogin(login));
    // A service account runs batches without a window: on screen it does not exist.
    const known = found?.role === 'service' ? undefined : found;
    const agent = await authenticate(this.deps, normaliseLogin(login), known, credentials.password);
    // A code passes once: everything else that may be missing is asked for before it is spent.
    const needsCode = this.deps.secondFactor.isOn(agent.id);
    if (needsCode) assertCodeGiven(credentials.code);
    const newPassword = this.temporaryPasswordReplacement(agent, credentials);
    if (needsCode) await spendCode(this.deps, agent, credentials.code ?? '');
    const rehashed = newPassword ?? (this.isOutdated(agent) ? credentials.password : undefined);
    const hash = rehashed === undefined ? undefined : await this.deps.hasher.hash(rehashed);
    return this.open(agent, 'Ouverture de session.', false, () => {
      if (hash !== undefined) this.deps.store.setPassword(agent.id, { hash, isTemporary: false });
      this.deps.delays.clear(agent.login);
    });
  }

  private async open(agent: Agent, detail: string, isVouchedFor: boolean, settle: () => void = () => undefined): Promise<Session> {
    await this.closeLeftover(agent.id);
    await traceOrRefuse(this.deps.record, { event: 'session.opened', outcome: 'success', ...by(agent), detail });
    settle();
    this.deps.store.setLastSignIn(agent.id, new Date(this.deps.clock.now()).toISOString());
    return this.deps.keeper.open(this.deps.store.find(agent.id) ?? agent, isVouchedFor);
  }

  private temporaryPasswordReplacement(agent: Agent, { password, newPassword }: Credentials): string | undefined {
    if (!this.deps.store.passwordOf(agent.id)?.isTemporary) return undefined;
    if (newPassword === undefined) {
      throw new IpcFailure('refused', 'Votre mot de passe est provisoire : choisissez le vôtre pour continuer.', 'newPassword');
    }
    return acceptableNewPassword(agent, password, newPassword);
  }

  private isOutdated(agent: Agent): boolean {
    const stored = this.deps.store.passwordOf(agent.id);
    return stored !== undefined && this.deps.hasher.isOutdated(stored.hash);
  }

  /** A session left open or locked by another person is closed, and its end is traced, before a new one. */
  private async closeLeftover(nextAgentId: string): Promise<void> {
    const previous = this.deps.keeper.current()?.agent ?? this.deps.keeper.lockedAgent();
    if (!previous || previous.id === nextAgentId) return;
    await traceOrRefuse(this.deps.record, { event: 'session.closed', outcome: 'success', ...by(previous), detail: 'Session remplacée par une autre ouverture.' });
    this.deps.keeper.close('signed-out');
  }

  readonly signIn = (login: string, credentials: Credentials) => this.#oneAtATime(() => this.openSession(login, credentials));

  /** For whom the organisation's identity provider answers. */
  readonly openFor = (agent: Agent, detail: string) => this.#oneAtATime(() => this.open(agent, detail, true));

  /**
   * A service account's, for a batch without a window. The code given when the account was made, or reset, is its
   * secret and stays: no one is there to choose another, nor to type a second factor.
   */
  readonly openService = (login: string, secret: string): Promise<Session> =>
    this.#oneAtATime(async () => {
      const account = this.deps.store.findByLogin(normaliseLogin(login));
      const agent = await authenticate(this.deps, normaliseLogin(login), account?.role === 'service' ? account : undefined, secret);
      return this.open(agent, 'Session du compte de service, sans fenêtre.', true, () => this.deps.delays.clear(agent.login));
    });

  readonly unlock = (credentials: Credentials) =>
    this.#oneAtATime(() => {
      const agent = this.deps.keeper.lockedAgent();
      if (!agent) throw new IpcFailure('not_signed_in', 'Votre session est fermée : identifiez-vous à nouveau.');
      return this.openSession(agent.login, credentials);
    });

  /** Closes at once; the screen is told when the end could not be traced. */
  async signOut(): Promise<void> {
    const agent = this.deps.keeper.current()?.agent;
    this.deps.keeper.close('signed-out');
    if (agent) await traceOrRefuse(this.deps.record, { event: 'session.closed', outcome: 'success', ...by(agent), detail: 'Fermeture de session.' });
  }

  readonly changePassword = (agent: Agent, currentPassword: string, newPassword: string) =>
    this.#oneAtATime(async () => {
      await checkCredentials(this.deps, agent.login, agent, currentPassword, 'currentPassword');
      const hash = await this.deps.hasher.hash(acceptableNewPassword(agent, currentPassword, newPassword));
      await traceOrRefuse(this.deps.record, { event: 'agent.changed', outcome: 'success', ...by(agent), detail: 'Mot de passe changé par son titulaire.' });
      this.deps.store.setPassword(agent.id, { hash, isTemporary: false });
      this.deps.delays.clear(agent.login);
    });

  readonly beginSecondFactor = (agent: Agent): SecondFactorSetup => this.deps.secondFactor.begin(agent.id, agent.login);

  /** @returns the recovery codes, shown once. */
  readonly confirmSecondFactor = (agent: Agent, code: string): Promise<readonly string[]> =>
    this.#oneAtATime(async () => {
      if (!this.deps.secondFactor.isPendingCode(agent.id, code)) {
        throw new IpcFailure('invalid_input', 'Ce code ne correspond pas : vérifiez l’heure du téléphone et saisissez le code affiché maintenant.', 'code');
      }
      await traceOrRefuse(this.deps.record, { event: 'agent.changed', outcome: 'success', ...by(agent), detail: 'Second facteur activé par son titulaire.' });
      return this.deps.secondFactor.confirm(agent.id);
    });

  protectionOf({ id }: Agent): { readonly hasSecondFactor: boolean; readonly recoveryCodesLeft: number } {
    return { hasSecondFactor: this.deps.secondFactor.isOn(id), recoveryCodesLeft: this.deps.secondFactor.recoveryCodesLeft(id) };
  }

  readonly removeSecondFactor = (agent: Agent, password: string): Promise<void> =>
    this.#oneAtATime(async () => {
      if (this.deps.secondFactorRequired) throw new IpcFailure('forbidden', 'Votre organisation exige un second facteur, il ne se retire pas : adressez-vous au responsable si votre téléphone est perdu.');
      await checkCredentials(this.deps, agent.login, agent, password, 'password');
      await traceOrRefuse(this.deps.record, { event: 'agent.changed', outcome: 'success', ...by(agent), detail: 'Second facteur retiré par son titulaire.' });
      this.deps.secondFactor.remove(agent.id);
    });
}

function acceptableNewPassword(agent: Agent, current: string, next: string): string {
  const checked = checkPassword(next, agent.login);
  if (!checked.ok) throw new IpcFailure('invalid_input', checked.message, 'newPassword');
  if (next === current) throw new IpcFailure('invalid_input', 'Choisissez un mot de passe différent de l’actuel.', 'newPassword');
  return checked.value;
}

/** @throws {IpcFailure} traced, with what to do; the same for an unknown login and a wrong password. */
async function authenticate(deps: SignInDeps, login: string, known: Agent | undefined, password: string): Promise<Agent> {
  const agent = await checkCredentials(deps, login, known, password, null);
  if (agent.state === 'suspended') {
    throw await refusal(deps, agent, 'Compte suspendu.', 'Votre compte est suspendu : adressez-vous au responsable.');
  }
  return agent;
}

async function checkCredentials(
  deps: SignInDeps,
  login: string,
  agent: Agent | undefined,
  password: string,
  field: string | null,
): Promise<Agent> {
  const wait = deps.delays.remainingSeconds(login);
  if (wait > 0) throw await refusal(deps, agent, 'Essai avant la fin du délai.', waitMessage(wait));
  const isRight = await deps.hasher.verify(password, agent && deps.store.passwordOf(agent.id)?.hash);
  if (isRight && agent) return agent;
  const next = deps.delays.addFailure(login);
  const message = field === null ? 'Identifiant ou mot de passe incorrect.' : 'Le mot de passe actuel est incorrect.';
  throw await refusal(deps, agent, agent ? 'Mot de passe incorrect.' : 'Identifiant inconnu.', withWait(message, next), field);
}

function assertCodeGiven(code: string | undefined): void {
  if (code) return;
  throw new IpcFailure('refused', 'Saisissez le code à six chiffres de votre application d’authentification.', 'code');
}

async function spendCode(deps: SignInDeps, agent: Agent, code: string): Promise<void> {
  if (isAccepted(deps, agent, code)) return;
  const next = deps.delays.addFailure(agent.login);
  throw await refusal(deps, agent, 'Second facteur incorrect.', withWait('Ce code n’est pas valable : attendez le suivant, ou utilisez un code de secours.', next), 'code');
}

function isAccepted({ secondFactor }: SignInDeps, agent: Agent, code: string): boolean {
  try {
    return secondFactor.accept(agent.id, code);
  } catch (error) {
    if (!(error instanceof UndecryptableSecretError)) throw error;
    throw new IpcFailure('unavailable', 'Le trousseau du système est fermé : déverrouillez-le et relancez l’application, ou utilisez un code de secours.', 'code');
  }
}

async function refusal(deps: SignInDeps, agent: Agent | undefined, detail: string, message: string, field: string | null = null): Promise<IpcFailure> {
  await traceOrRefuse(deps.record, { event: 'session.refused', outcome: 'refused', ...by(agent), detail });
  return new IpcFailure('refused', message, field);
}

function withWait(message: string, seconds: number): string {
  return seconds > 0 ? `${message} ${waitMessage(seconds)}` : message;
}

function waitMessage(seconds: number): string {
  return `Trop d’essais infructueux : patientez ${seconds}\u00a0seconde${seconds > 1 ? 's' : ''} avant de réessayer.`;
}
