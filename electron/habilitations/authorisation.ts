import { isOpenedBy } from '../../shared/catalogue';
import type { Endpoint } from '../../shared/catalogue/types';
import type { Agent } from '../../shared/domain/agent';
import type { ApiError, ApiErrorKind } from '../../shared/domain/api-error';
import type { Dossier } from '../../shared/domain/dossier';
import { type Environment, environmentLabels } from '../../shared/domain/environment';
import type { Habilitation, TokenState } from '../../shared/domain/habilitation';
import type { Justification } from '../../shared/domain/justification';
import { hasRight } from '../../shared/domain/rights';
import { useCaseLabels } from '../../shared/domain/use-case';

export interface AuthorisationCase {
  readonly agent: Agent | undefined;
  readonly habilitation: Habilitation | undefined;
  readonly dossier: Dossier;
  readonly endpoint: Endpoint;
  readonly justification: Justification;
  readonly environment: Environment;
}

/** The first rule that forbids this call, in words; undefined when none does. Pure: nothing is read elsewhere. */
export function findRefusal(one: AuthorisationCase): ApiError | undefined {
  const { habilitation } = one;
  const agentRefusal = refusalOfAgent(one.agent);
  if (agentRefusal) return agentRefusal;
  if (!habilitation) {
    return refused('L’habilitation de ce dossier n’existe plus.', 'Rattachez le dossier à une autre habilitation.');
  }
  return (
    refusalOfMember(one.agent?.id ?? '', habilitation, one.endpoint) ??
    refusalOfEnvironment(habilitation, one.environment) ??
    refusalOfPurpose(habilitation, one.dossier, one.justification) ??
    refusalOfToken(habilitation.token.state) ??
    refusalOfPrivileges(habilitation, one.endpoint)
  );
}

function refusalOfAgent(agent: Agent | undefined): ApiError | undefined {
  if (!agent) return refused('Votre compte n’existe plus.', 'Identifiez-vous à nouveau ou adressez-vous au responsable.');
  if (agent.state !== 'active') return refused('Votre compte est suspendu.', 'Adressez-vous au responsable.');
  if (!hasRight(agent.role, 'consult')) {
    return refused('Votre profil ne permet pas de consulter les entreprises.', 'Adressez-vous au responsable.');
  }
  return undefined;
}

function refusalOfMember(agentId: string, habilitation: Habilitation, endpoint: Endpoint): ApiError | undefined {
  const member = habilitation.agents.find((one) => one.agentId === agentId);
  if (!member) {
    return refused(
      `Vous ne faites pas partie de l’habilitation « ${habilitation.title} ».`,
      'Demandez au responsable de vous y ajouter si cette procédure est de votre ressort.',
    );
  }
  if (member.endpointIds !== null && !member.endpointIds.includes(endpoint.id)) {
    return refused(
      `Vos droits sur l’habilitation « ${habilitation.title} » ne comprennent pas « ${endpoint.title} ».`,
      'Demandez au responsable d’étendre vos droits si cette donnée est nécessaire à votre mission.',
    );
  }
  return undefined;
}

function refusalOfEnvironment(habilitation: Habilitation, environment: Environment): ApiError | undefined {
  if (habilitation.environment === environment) return undefined;
  return refused(
    `L’habilitation « ${habilitation.title} » appartient à l’environnement « ${environmentLabels[habilitation.environment]} », l’application travaille dans « ${environmentLabels[environment]} ».`,
    'Changez d’environnement ou choisissez un dossier de celui-ci.',
  );
}

function refusalOfPurpose(habilitation: Habilitation, dossier: Dossier, { context, recipient }: Justification): ApiError | undefined {
  if (!habilitation.useCases.includes(dossier.useCase)) {
    return justification(
      `L’habilitation « ${habilitation.title} » ne couvre pas le cas d’usage « ${useCaseLabels[dossier.useCase]} ».`,
      'Corrigez le cas d’usage du dossier ou choisissez l’habilitation qui le couvre.',
    );
  }
  if (!habilitation.contexts.includes(context)) {
    return justification(
      `Le contexte « ${context} » n’est pas de ceux de l’habilitation « ${habilitation.title} ».`,
      `Contextes possibles : ${habilitation.contexts.join(', ')}.`,
    );
  }
  if (!habilitation.recipients.includes(recipient)) {
    return justification(
      `Le SIRET ${recipient} n’est pas un destinataire de l’habilitation « ${habilitation.title} ».`,
      `Destinataires possibles : ${habilitation.recipients.join(', ')}.`,
    );
  }
  return undefined;
}

const tokenRefusals: Readonly<Record<TokenState, readonly [message: string, advice: string] | null>> = {
  active: null,
  expiring: null,
  missing: ['Cette habilitation n’a pas encore de jeton.', 'Le responsable doit coller celui de l’espace API Entreprise.'],
  expired: [
    'Le jeton de cette habilitation a expiré.',
    'Le demandeur de l’habilitation doit le prolonger depuis son espace API Entreprise, puis le responsable coller le nouveau.',
  ],
  refused: [
    'Le service a refusé le jeton de cette habilitation : il n’est plus utilisé.',
    'Le responsable doit vérifier qu’il a été copié en entier et le coller à nouveau.',
  ],
  revoked: [
    'Le jeton de cette habilitation est révoqué : il n’est plus utilisé.',
    'Le responsable doit récupérer le nouveau jeton dans l’espace API Entreprise et le coller.',
  ],
};

function refusalOfToken(state: TokenState): ApiError | undefined {
  const words = tokenRefusals[state];
  return words ? refusal('token', ...words) : undefined;
}

/** The rights read in the token are a snapshot: only the service's own answer refuses (API Entreprise, /privileges). */
function refusalOfPrivileges({ token, title }: Habilitation, endpoint: Endpoint): ApiError | undefined {
  const { privileges } = token;
  if (privileges === null || isOpenedBy(endpoint, privileges)) return undefined;
  return refused(
    `Le jeton de l’habilitation « ${title} » n’ouvre pas « ${endpoint.title} ».`,
    'Le demandeur de l’habilitation peut en demander l’accès depuis son espace API Entreprise. L’appel n’a pas été envoyé.',
  );
}

function refused(message: string, advice: string): ApiError {
  return refusal('refused', message, advice);
}

function justification(message: string, advice: string): ApiError {
  return refusal('justification', message, advice);
}

/** A refusal of ours: nothing was sent, so there is neither status nor code. */
export function refusal(kind: ApiErrorKind, message: string, advice: string): ApiError {
  return { kind, message, advice, status: null, code: null, provider: null, requestId: null, retry: { rule: 'never' } };
}
