import { notFound, platformFailure, providerFailure } from './failure';
import { checkIdentifier, checkParameters, checkTracing } from './parameter-checks';
import type { AnswerContext, Answer, Route } from './route';
import type { RouteMatch } from './route-matching';
import type { SandboxServices } from './services';
import { verifyToken } from './tokens';

/** Checks of API Entreprise itself, in its order. @throws Failure 401, 403 or 422. */
export function checkCall(
  { route, parameters }: RouteMatch,
  token: string | null,
  query: URLSearchParams,
  nowMs: number,
): void {
  const { scopes } = verifyToken(token, nowMs);
  if (route.scopes.length > 0 && !route.scopes.some((scope) => scopes.includes(scope))) throw platformFailure('00100');
  const identifier = identifierOf(route, parameters);
  checkIdentifier(identifier, route);
  checkTracing(query, identifier);
  checkParameters(parameters, query, nowMs);
}

/** The provider's verdict. @throws Failure of the provider's family. */
export function answerCall({ route, parameters }: RouteMatch, query: URLSearchParams, services: SandboxServices): Answer {
  const { family } = route;
  refuseWhenUnavailable(route, services);
  if (route.answerAlone) return route.answerAlone(parameters);
  const subject = services.registry.find(identifierOf(route, parameters));
  if (!subject) throw notFound(family);
  const { company, establishment } = subject;
  if (company.traits.includes('legally_unavailable')) {
    throw providerFailure(family, '005', 451, 'Indisponible pour raison légale', "Les données de cette entité ne sont pas diffusées.");
  }
  const isHidden = route.openDataOnly && company.traits.includes('partial_diffusion');
  if (isHidden) throw notFound(family);
  if (!route.acceptsNoSiren && (!establishment || !company.siren)) throw notFound(family);
  return route.answer(contextOf(route, parameters, query, subject, services));
}

function contextOf(
  { family }: Route,
  parameters: Readonly<Record<string, string>>,
  query: URLSearchParams,
  subject: NonNullable<ReturnType<SandboxServices['registry']['find']>>,
  { registry, links, clock, urls, conditions }: SandboxServices,
): AnswerContext {
  return {
    ...subject,
    siren: subject.company.siren ?? '',
    establishment: subject.establishment ?? noEstablishment,
    registry,
    parameters,
    query,
    family,
    nowMs: clock.now(),
    isProviderDown: ({ prefix }) => conditions.isDown(prefix),
    apiUrl: urls.api(),
    documentLink: (document, lifetimeS) => `${urls.api()}/proxy/files/${links.create(document, lifetimeS)}`,
    twoStepLink: (document) => `${urls.api()}/proxy/inpi/download/${links.createTwoStep(document)}`,
  };
}

/** Stands for the head office of an association without SIREN, which only its RNA record describes. */
const noEstablishment: AnswerContext['establishment'] = {
  siret: '',
  isHeadOffice: true,
  sign: null,
  address: { number: '3', wayType: 'PLACE', wayName: 'DU BAC A SABLE', postcode: '35000', communeCode: '35238', commune: 'RENNES' },
  openedOn: '2012-05-30',
  closedOn: null,
};

function refuseWhenUnavailable({ family }: Route, { conditions }: SandboxServices): void {
  const retryIn = conditions.maintenanceOf(family.prefix);
  if (retryIn !== undefined) {
    throw providerFailure(family, '020', 503, 'Maintenance du fournisseur', 'Le fournisseur est en maintenance annoncée.', { retry_in: retryIn });
  }
  if (conditions.isDown(family.prefix)) {
    throw providerFailure(family, '002', 504, 'Fournisseur muet', "Le fournisseur n'a pas répondu à temps.");
  }
}

function identifierOf(route: Route, parameters: Readonly<Record<string, string>>): string {
  return parameters[route.identifier.parameter] ?? '';
}

