import { currentEndpoints, isOpenedBy } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import { type Checked, invalid, valid } from '../../../shared/domain/checked';
import type { Procedure } from '../../../shared/domain/completeness';
import type { Environment } from '../../../shared/domain/environment';
import { useCaseContexts } from '../../../shared/domain/use-case';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import type { CompanyChoice } from '../search';

type Dossier = ChannelOutput<'dossiers.get'>;
export type Habilitation = ChannelOutput<'habilitations.list'>[number];

/** What the first call is about. */
export interface Trial {
  readonly habilitation: Habilitation;
  readonly dossier: Dossier;
  readonly company: CompanyChoice;
  readonly endpoint: Endpoint;
  /** Other endpoints that can be tried with this company. */
  readonly endpoints: readonly Endpoint[];
}

export const TRIAL_TITLE = 'Premiers pas';
const FIRST_ENDPOINT = 'insee.unite_legale.v4';

/** Habilitations that a call can be made with now, where this workstation works. */
export function usableOnes(habilitations: readonly Habilitation[], environment: Environment): readonly Habilitation[] {
  return habilitations.filter((one) => one.environment === environment && (one.token.state === 'active' || one.token.state === 'expiring'));
}

/** Makes, or finds again, the dossier of the trial, and puts the company in it. */
export async function trialOf(habilitation: Habilitation, company: CompanyChoice): Promise<Checked<Trial>> {
  const filled = await dossierFor(habilitation, company, { title: TRIAL_TITLE, object: 'Premier appel d’essai' });
  const endpoints = endpointsFor(filled, habilitation);
  const endpoint = endpoints.find(({ id }) => id === FIRST_ENDPOINT) ?? endpoints[0];
  if (!endpoint) return invalid(`Le jeton de « ${habilitation.title} » n’ouvre aucune donnée qui se demande avec un SIREN : testez-le, ou essayez depuis un dossier.`);
  return valid({ habilitation, dossier: filled, company, endpoint, endpoints });
}

interface DossierWords {
  readonly title: string;
  readonly object: string;
  readonly procedure?: Procedure;
}

/** Makes, or finds again, the open dossier of that title, and puts the company in it. */
export async function dossierFor(habilitation: Habilitation, company: CompanyChoice, words: DossierWords): Promise<Dossier> {
  const { dossiers } = await callMain('dossiers.list', { state: 'open', text: words.title, sort: 'recent' });
  const known = dossiers.find(({ title, habilitationId }) => title === words.title && habilitationId === habilitation.id);
  const dossier = known ?? (await callMain('dossiers.create', draftOf(habilitation, words)));
  const isThere = dossier.companies.some(({ identifier }) => identifier === company.identifier);
  return isThere ? dossier : callMain('dossiers.addCompany', { id: dossier.id, ...company });
}

function draftOf(habilitation: Habilitation, words: DossierWords) {
  const useCase = habilitation.useCases[0] ?? 'marches_publics';
  const usual = useCaseContexts[useCase];
  const context = habilitation.contexts.includes(usual) ? usual : (habilitation.contexts[0] ?? usual);
  return { ...words, habilitationId: habilitation.id, useCase, context, recipient: habilitation.recipients[0] ?? '' };
}

/** What a SIREN alone is enough to ask for, within the token and the purpose. */
function endpointsFor({ useCase }: Dossier, { token }: Habilitation): readonly Endpoint[] {
  const scopes = token.privileges ?? token.scopes;
  return currentEndpoints.filter(
    (endpoint) =>
      endpoint.identifiers.includes('siren') &&
      endpoint.useCases[useCase] !== 'injustifie' &&
      isOpenedBy(endpoint, scopes) &&
      !endpoint.parameters.some(({ required, in: place }) => required && place !== 'header'),
  );
}
