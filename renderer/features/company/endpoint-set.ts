import { findEndpoint } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Dossier } from '../../../shared/domain/dossier';
import type { Habilitation } from '../../../shared/domain/habilitation';
import type { UseCase } from '../../../shared/domain/use-case';
import { readerOf, resourceOf, type SectionId } from '../../../shared/reading';

/** What every sheet offers, whatever the purpose, unless the purpose does not justify it; in whichever version is the newest. */
const COMMON_RESOURCES: readonly string[] = [
  'insee.unite_legale',
  'insee.siege_social',
  'insee.etablissement',
  'infogreffe.extrait_rcs',
  'infogreffe.mandataires_sociaux',
  'dgfip.chiffres_affaires',
  'dgfip.attestation_fiscale',
  'urssaf.attestation_vigilance',
  'inpi.actes_bilans',
];

export interface EndpointSet {
  /** Fetched together by « Tout consulter ». */
  readonly wanted: readonly Endpoint[];
  /** Called one by one when the agent needs them. */
  readonly addable: readonly Endpoint[];
  /** Needs a written reason, which the journal keeps. */
  readonly unjustified: readonly Endpoint[];
  /** Of version 2, where the workstation's setting is on: called one by one, and told for what they are. */
  readonly v2: readonly Endpoint[];
  /** Not called: the token does not open them, and asking would cost quota for a refusal. */
  readonly closed: readonly Endpoint[];
}

/** `insee.unite_legale.v4` → `insee.unite_legale`. */
function resourceId(id: string): string {
  return id.replace(/\.v\d+$/, '');
}

/** Version 2 goes where what replaces it goes. */
export function sectionOf({ version, path, replacedBy }: Endpoint): SectionId {
  const successor = version === 2 ? replacedBy.map((id) => findEndpoint(id)).find((endpoint) => endpoint !== undefined) : undefined;
  return readerOf((successor ?? { path }).path).section;
}

/** What every sheet shows comes first, in its own order; what is about to disappear comes last. */
export function inReadingOrder(endpoints: readonly Endpoint[]): Endpoint[] {
  const place = ({ id, deprecated }: Endpoint): number => {
    const rank = COMMON_RESOURCES.indexOf(resourceId(id));
    if (rank >= 0) return rank;
    return COMMON_RESOURCES.length + (deprecated ? 1 : 0);
  };
  return [...endpoints].sort((one, other) => place(one) - place(other));
}

/** True when the token opens the endpoint, or when nothing is known against it. */
function isOpened(endpoint: Endpoint, habilitation: Habilitation | null): boolean {
  const granted = habilitation?.token.privileges;
  if (!granted || granted.length === 0 || endpoint.scopes.length === 0) return true;
  return endpoint.scopes.some((scope) => granted.includes(scope));
}

/** The set of a dossier: what its purpose makes indispensable, and what every sheet shows. */
export function endpointSet(
  endpoints: readonly Endpoint[],
  dossier: Pick<Dossier, 'useCase'>,
  habilitation: Habilitation | null,
  { useV2 = false }: { readonly useV2?: boolean } = {},
): EndpointSet {
  const current = endpoints.filter((endpoint) => endpoint.version !== 2 && !(endpoint.deprecated && endpoint.replacedBy.length > 0));
  const opened = current.filter((endpoint) => isOpened(endpoint, habilitation));
  const offered = oneVariant(opened);
  const relevance = (endpoint: Endpoint) => endpoint.useCases[dossier.useCase as UseCase];
  const isWanted = (endpoint: Endpoint) =>
    relevance(endpoint) === 'indispensable' || (COMMON_RESOURCES.includes(resourceId(endpoint.id)) && relevance(endpoint) !== 'injustifie');
  const openedResources = new Set(opened.map(({ path }) => resourceOf(path)));
  return {
    wanted: offered.filter(isWanted),
    addable: offered.filter((endpoint) => !isWanted(endpoint) && relevance(endpoint) !== 'injustifie'),
    unjustified: offered.filter((endpoint) => relevance(endpoint) === 'injustifie'),
    v2: useV2 ? endpoints.filter((endpoint) => endpoint.version === 2 && isOpened(endpoint, habilitation)) : [],
    closed: current.filter((endpoint) => !opened.includes(endpoint) && !openedResources.has(resourceOf(endpoint.path)) && relevance(endpoint) !== 'injustifie'),
  };
}

/** One variant of each resource: the protected one, which also covers partial diffusion. */
function oneVariant(endpoints: readonly Endpoint[]): Endpoint[] {
  const chosen = new Map<string, Endpoint>();
  for (const endpoint of endpoints) {
    const resource = resourceOf(endpoint.path);
    const other = chosen.get(resource);
    if (!other || rank(endpoint) > rank(other)) chosen.set(resource, endpoint);
  }
  return endpoints.filter((endpoint) => chosen.get(resourceOf(endpoint.path)) === endpoint);
}

function rank(endpoint: Endpoint): number {
  return endpoint.version * 2 + (endpoint.opening === 'protected' ? 1 : 0);
}
