import type { Agent } from '../../shared/domain/agent';
import type { ApiError } from '../../shared/domain/api-error';
import type { Habilitation } from '../../shared/domain/habilitation';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { Secret } from '../storage/secret';
import { UndecryptableSecretError } from '../storage/vault';
import type { Habilitations } from './habilitations';
import { cleanToken, readToken, tokenKeyOf } from './token-claims';
import { isUsable, STOPPED, tokenState } from './token-expiry';
import { checkWorkstation, type Workstation } from './token-policy';
import type { StoredToken, TokenStore } from './token-store';

export type PrivilegesAnswer =
  | { readonly ok: true; readonly privileges: readonly string[] }
  | { readonly ok: false; readonly error: ApiError };

/** Whose token is asked about, and by whom. */
export interface PrivilegesQuestion {
  readonly author: Agent;
  readonly habilitation: Pick<Habilitation, 'id' | 'environment'>;
  readonly token: Secret;
}

export interface TokensDeps {
  readonly habilitations: Habilitations;
  readonly tokens: TokenStore;
  readonly workstation: Workstation;
  /** GET /privileges with this token: reaches no provider. Traced under its author, with its outcome. */
  readonly fetchPrivileges: (question: PrivilegesQuestion) => Promise<PrivilegesAnswer>;
  readonly clock: Clock;
}

export interface StoppedToken {
  readonly habilitation: Habilitation;
  readonly operatorEmail: string;
  readonly subject: string;
  readonly body: string;
}

export type Tokens = ReturnType<typeof createTokens>;

/** Life of a token: pasted, tested, renewed without a gap, stopped. */
export function createTokens({ habilitations, tokens, workstation, fetchPrivileges, clock }: TokensDeps) {
  const isServing = (token: StoredToken | undefined) => isUsable(tokenState(token, clock.now()));

  function assertNotShared(token: Secret, habilitationId: string): void {
    const holderId = tokens.holderOf(token, habilitationId);
    if (!holderId) return;
    const title = habilitations.find(holderId)?.title ?? '';
    throw new IpcFailure(
      'conflict',
      `Ce jeton est déjà celui de l’habilitation « ${title} » : un jeton ne sert qu’une procédure, le partager entraîne sa révocation. Collez celui de cette habilitation.`,
      'token',
    );
  }

  return {
    /** Beside a token that serves, the new one waits; otherwise it serves at once. */
    async setToken(author: Agent, habilitationId: string, pasted: string): Promise<Habilitation> {
      const habilitation = habilitations.existing(habilitationId);
      const allowed = checkWorkstation(habilitation.environment, workstation);
      if (!allowed.ok) throw new IpcFailure('refused', allowed.message, 'token');
      const token = new Secret(cleanToken(pasted));
      const claims = readToken(token, habilitation.environment, clock.now());
      if (!claims.ok) throw new IpcFailure('invalid_input', claims.message, 'token');
      assertNotShared(token, habilitationId);
      const current = tokens.find(habilitationId, 'current');
      const waits = isServing(current) && current?.tokenKey !== tokenKeyOf(token);
      await habilitations.trace(author, habilitation, waits ? 'Nouveau jeton enregistré, en attente de son premier succès.' : 'Jeton enregistré.', 'token.changed');
      tokens.save(habilitationId, waits ? 'staged' : 'current', token, claims.value, new Date(clock.now()).toISOString());
      return habilitations.existing(habilitationId);
    },

    /** Tests the waiting token when there is one, else the one that serves; a success makes it serve. */
    async testToken(author: Agent, habilitationId: string): Promise<Habilitation> {
      const habilitation = habilitations.existing(habilitationId);
      const token = tokens.find(habilitationId, 'staged') ?? tokens.find(habilitationId, 'current');
      const secret = token && revealOrExplain(tokens, token);
      if (!token || !secret) throw new IpcFailure('refused', 'Cette habilitation n’a pas de jeton à tester : collez-le d’abord.');
      const answer = await fetchPrivileges({ author, habilitation, token: secret });
      if (!answer.ok) {
        if (answer.error.kind === 'token') tokens.setRefused(token, answer.error.code ?? '00101');
        throw new IpcFailure(answer.error.kind === 'token' ? 'refused' : 'unavailable', `${answer.error.message} ${answer.error.advice}`);
      }
      tokens.setPrivileges(token, answer.privileges, new Date(clock.now()).toISOString());
      if (tokens.find(habilitationId, 'staged')?.id === token.id) {
        await habilitations.trace(author, habilitation, 'Le nouveau jeton a réussi son test : il remplace le précédent.', 'token.changed');
        tokens.promote(habilitationId);
      }
      return habilitations.existing(habilitationId);
    },

    /** « Jeton compromis »: stops first, traces next; a waiting token, if any, serves from then on. */
    async stopToken(author: Agent, habilitationId: string): Promise<StoppedToken> {
      const habilitation = habilitations.existing(habilitationId);
      const token = tokens.find(habilitationId, 'current');
      if (!token) throw new IpcFailure('refused', 'Cette habilitation n’a pas de jeton : collez-le d’abord.');
      tokens.setRefused(token, STOPPED);
      tokens.forgetSecret(token);
      await habilitations.trace(author, habilitation, 'Jeton déclaré compromis : arrêté et effacé de ce poste.', 'token.changed');
      return { habilitation: habilitations.existing(habilitationId), ...messageToOperator(habilitation, token) };
    },
  };
}

/** @throws {IpcFailure} when the keychain is closed: the token is there, it must not be pasted again blindly. */
function revealOrExplain(tokens: TokenStore, token: StoredToken): Secret | undefined {
  try {
    return tokens.reveal(token);
  } catch (error) {
    if (!(error instanceof UndecryptableSecretError)) throw error;
    throw new IpcFailure('unavailable', UNREADABLE_TOKEN.join(' '));
  }
}

export const UNREADABLE_TOKEN = [
  'Le jeton est enregistré, mais le trousseau du système ne peut pas l’ouvrir.',
  'Déverrouillez le trousseau puis relancez l’application ; si cela persiste, collez le jeton à nouveau.',
] as const;

/** Address given by the terms of use (CGU §2.1) for a compromised token. */
const OPERATOR_EMAIL = 'support@entreprise.api.gouv.fr';

function messageToOperator(habilitation: Habilitation, token: StoredToken): Omit<StoppedToken, 'habilitation'> {
  const lines = [
    'Bonjour,',
    '',
    'Nous vous signalons sans délai, comme le demandent les conditions d’utilisation, qu’un de nos jetons API Entreprise est compromis. Merci de le révoquer.',
    '',
    `Habilitation : ${habilitation.title}`,
    `Intitulé porté par le jeton : ${token.subject ?? 'inconnu'}`,
    `Identifiant du jeton (uid) : ${token.uid ?? 'inconnu'}`,
    `Émis le : ${token.issuedAt ?? 'inconnu'}`,
    `SIRET : ${habilitation.recipients.join(', ')}`,
    '',
    'Nous en avons arrêté l’usage sur notre poste. Pour des raisons de sécurité, le jeton lui-même n’est pas joint à ce message.',
    '',
    'Cordialement,',
  ];
  return { operatorEmail: OPERATOR_EMAIL, subject: `Jeton compromis : ${habilitation.title}`, body: lines.join('\n') };
}
