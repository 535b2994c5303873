import { activitySectionOf } from '../../shared/domain/activity-sections';
import type { JsonObject } from '../../shared/domain/json';
import { workforceBandLabel } from './answers/workforce';
import type { Establishment, SandboxCompany } from './companies/types';
import type { RequestListener } from './server/loopback-server';
import { jsonReply, type Reply, sendReply } from './server/reply';
import type { SandboxServices } from './server/services';

/** API Recherche d'entreprises: seven calls a second and per address. */
const LIMIT_PER_SECOND = 7;
const MAX_PER_PAGE = 25;

/** Plays `GET /search` of API Recherche d'entreprises over the made-up companies. */
export function createSearch({ registry, clock, conditions }: Pick<SandboxServices, 'registry' | 'clock' | 'conditions'>): RequestListener {
  let second = 0;
  let used = 0;
  const isOverLimit = (): boolean => {
    const current = Math.floor(clock.now() / 1_000);
    used = current === second ? used + 1 : 1;
    second = current;
    return used > LIMIT_PER_SECOND;
  };
  const visible = registry.companies.filter((company) => company.siren && !isHidden(company));

  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const fault = conditions.takeFault(`/recherche${url.pathname}`);
    if (fault?.effect?.kind === 'silence') return;
    if (fault?.effect?.kind === 'status') sendReply(response, jsonReply(fault.effect.status, fault.effect.body ?? {}));
    else if (isOverLimit()) sendReply(response, jsonReply(429, { erreur: 'Trop de requêtes' }, { 'Retry-After': '1' }));
    else sendReply(response, url.pathname === '/search' ? searchReply(url.searchParams, visible) : jsonReply(404, { erreur: 'Not Found' }));
  };
}

function isHidden({ traits }: SandboxCompany): boolean {
  return traits.includes('partial_diffusion') || traits.includes('legally_unavailable');
}

function searchReply(query: URLSearchParams, companies: readonly SandboxCompany[]): Reply {
  const page = Number(query.get('page') ?? 1);
  const perPage = Number(query.get('per_page') ?? 10);
  if (!Number.isInteger(page) || page < 1) return badRequest('Veuillez indiquer un paramètre `page` entier et positif.');
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > MAX_PER_PAGE) return badRequest('Veuillez indiquer un paramètre `per_page` entre 1 et 25.');
  const text = query.get('q')?.trim() ?? '';
  if (text === '' && !filters.some(({ name }) => query.get(name))) return badRequest('Veuillez indiquer au moins un paramètre de recherche.');
  if (text !== '' && text.length < 3) return badRequest('3 caractères minimum pour les termes de la requête.');
  const found = findCompanies(text, query, companies);
  return jsonReply(200, {
    results: found.slice((page - 1) * perPage, page * perPage).map(toResult),
    total_results: found.length,
    page,
    per_page: perPage,
    total_pages: Math.ceil(found.length / perPage),
  });
}

const badRequest = (erreur: string): Reply => jsonReply(400, { erreur });

/** Nine or fourteen digits look one company up: the filters are then ignored. */
function findCompanies(text: string, query: URLSearchParams, companies: readonly SandboxCompany[]): readonly SandboxCompany[] {
  const digits = text.replace(/\s/g, '');
  if (/^(\d{9}|\d{14})$/.test(digits)) {
    return companies.filter(({ siren, establishments }) => siren === digits || establishments.some(({ siret }) => siret === digits));
  }
  const words = folded(text).split(/\s+/).filter(Boolean);
  return companies.filter((company) => {
    const haystack = folded(`${company.name} ${company.directors.map((one) => `${one.firstName} ${one.lastName}`).join(' ')} ${company.establishments[0]?.address.commune ?? ''}`);
    return words.every((word) => haystack.includes(word)) && filters.every(({ name, accepts }) => acceptsAny(query.get(name), company, accepts));
  });
}

type Filter = { readonly name: string; readonly accepts: (company: SandboxCompany, value: string) => boolean };

const filters: readonly Filter[] = [
  { name: 'code_postal', accepts: (company, value) => company.establishments.some(({ address }) => address.postcode === value) },
  { name: 'departement', accepts: (company, value) => company.establishments.some(({ address }) => address.postcode.startsWith(value)) },
  { name: 'activite_principale', accepts: ({ sector }, value) => sector.nafRev2.code === value },
  { name: 'section_activite_principale', accepts: ({ sector }, value) => activitySectionOf(sector.nafRev2.code)?.letter === value },
  { name: 'etat_administratif', accepts: ({ ceasedOn }, value) => (ceasedOn ? 'C' : 'A') === value },
  { name: 'est_association', accepts: ({ kind }, value) => String(kind === 'association') === value },
  { name: 'est_entrepreneur_individuel', accepts: ({ kind }, value) => String(kind === 'natural_person') === value },
  { name: 'nom_personne', accepts: ({ directors }, value) => directors.some(({ lastName }) => folded(lastName).includes(folded(value))) },
  { name: 'prenoms_personne', accepts: ({ directors }, value) => directors.some(({ firstName }) => folded(firstName).includes(folded(value))) },
  // No elected person among the made-up companies.
  { name: 'type_personne', accepts: (_company, value) => value === 'dirigeant' },
];

/** List filters take several values, separated by commas. */
function acceptsAny(values: string | null, company: SandboxCompany, accepts: Filter['accepts']): boolean {
  return !values || values.split(',').some((value) => accepts(company, value));
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();
}

function toResult(company: SandboxCompany): JsonObject {
  const headOffice = company.establishments[0];
  return {
    siren: company.siren,
    nom_complet: company.name,
    nom_raison_sociale: company.kind === 'natural_person' ? null : company.name,
    sigle: company.acronym,
    nombre_etablissements: company.establishments.length,
    nombre_etablissements_ouverts: company.establishments.filter(({ closedOn }) => !closedOn).length,
    siege: headOffice ? place(headOffice, company) : null,
    activite_principale: company.sector.nafRev2.code,
    activite_principale_naf25: company.sector.naf2025.code,
    categorie_entreprise: company.category,
    date_creation: company.createdOn,
    date_fermeture: company.ceasedOn,
    etat_administratif: company.ceasedOn ? 'C' : 'A',
    nature_juridique: company.legalForm.code,
    tranche_effectif_salarie: workforceBandLabel(company.headcount).code,
    statut_diffusion: 'O',
    dirigeants: company.directors.map(({ firstName, lastName, role, bornOn }) => ({
      nom: lastName.toUpperCase(),
      prenoms: firstName.toUpperCase(),
      annee_de_naissance: bornOn.slice(0, 4),
      qualite: role,
      type_dirigeant: 'personne physique',
    })),
    finances: Object.fromEntries(company.years.map(({ closedOn, turnover, netIncome }) => [closedOn.slice(0, 4), { ca: turnover, resultat_net: netIncome }])),
    complements: { est_association: company.kind === 'association', identifiant_association: company.rna },
    matching_etablissements: company.establishments.map((one) => place(one, company)),
  };
}

function place({ siret, address, isHeadOffice, closedOn, openedOn }: Establishment, { sector }: SandboxCompany): JsonObject {
  return {
    siret,
    est_siege: isHeadOffice,
    adresse: `${address.number} ${address.wayType} ${address.wayName} ${address.postcode} ${address.commune}`,
    code_postal: address.postcode,
    commune: address.communeCode,
    libelle_commune: address.commune,
    departement: address.postcode.slice(0, 2),
    activite_principale: sector.nafRev2.code,
    date_creation: openedOn,
    etat_administratif: closedOn ? 'F' : 'A',
  };
}
