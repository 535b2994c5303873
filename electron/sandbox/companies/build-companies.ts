import { makeSiren, makeSiret } from './identifiers';
import { type SeededRandom, seededRandom } from './seeded-random';
import { type CompanySpecification, specifications } from './specifications';
import type { Address, CompanyKind, Director, Establishment, FinancialYear, SandboxCompany } from './types';
import { firstNames, lastNames, legalForms, metz, sectors, towns, ways } from './vocabulary';

/** Index kept for the SIREN that Insee replaced. */
const DUPLICATE_INDEX = 900;

/** The made-up companies, the same for the same seed and year. */
export function buildCompanies(seed: string, currentYear: number): readonly SandboxCompany[] {
  const random = seededRandom(seed);
  const offset = random.integer('offset', 0, 9_999);
  return specifications.map((specification, index) => buildCompany(specification, index, offset, currentYear, random));
}

function buildCompany(
  specification: CompanySpecification,
  index: number,
  offset: number,
  currentYear: number,
  random: SeededRandom,
): SandboxCompany {
  const { name, traits = [], headcount } = specification;
  const kind = kindOf(specification);
  const siren = makeSiren(index, offset);
  const ceasedOn = traits.includes('ceased') ? `${currentYear - 3}-06-30` : null;
  const hasSiren = !traits.includes('no_siren');
  return {
    siren: hasSiren ? siren : null,
    rna: kind === 'association' && !traits.includes('alsace_moselle') ? `W${random.integer(`rna ${name}`, 300_000_000, 799_999_999)}` : null,
    kind,
    name: name.toUpperCase(),
    acronym: specification.acronym ?? null,
    legalForm: legalForms[specification.form],
    sector: sectors[specification.sector],
    createdOn: specification.createdOn,
    ceasedOn,
    category: categoryOf(headcount, kind),
    headcount,
    capital: kind === 'company' ? random.integer(`capital ${name}`, 4, 400) * 2_500 : 0,
    establishments: hasSiren ? buildEstablishments(specification, siren, ceasedOn, random) : [],
    directors: buildDirectors(specification, kind, random),
    years: kind === 'natural_person' || !hasSiren ? [] : buildYears(specification, currentYear, random),
    traits,
    duplicateSiren: traits.includes('duplicate') ? makeSiren(DUPLICATE_INDEX, offset) : null,
    description: specification.description,
  };
}

function kindOf({ form }: CompanySpecification): CompanyKind {
  if (form === 'naturalPerson') return 'natural_person';
  return form === 'association' || form === 'localLawAssociation' ? 'association' : 'company';
}

function categoryOf(headcount: number, kind: CompanyKind): SandboxCompany['category'] {
  if (kind === 'association') return null;
  return headcount >= 250 ? 'ETI' : 'PME';
}

function buildEstablishments(
  specification: CompanySpecification,
  siren: string,
  ceasedOn: string | null,
  random: SeededRandom,
): readonly Establishment[] {
  const { name, establishments: count } = specification;
  const createdYear = Number(specification.createdOn.slice(0, 4));
  return Array.from({ length: count }, (_, rank): Establishment => {
    const isLastOfMany = count > 2 && rank === count - 1;
    return {
      siret: makeSiret(siren, rank + 1),
      isHeadOffice: rank === 0,
      sign: rank === 0 ? null : `${name.toUpperCase()} ${rank + 1}`,
      address: buildAddress(`${name} ${rank}`, specification, random),
      openedOn: rank === 0 ? specification.createdOn : `${Math.min(createdYear + rank * 2, 2025)}-03-01`,
      closedOn: ceasedOn ?? (isLastOfMany ? '2025-09-30' : null),
    };
  });
}

function buildAddress(label: string, specification: CompanySpecification, random: SeededRandom): Address {
  const isLocalLaw = specification.form === 'localLawAssociation';
  return {
    number: String(random.integer(`number ${label}`, 1, 140)),
    ...random.pick(`way ${label}`, ways),
    ...(isLocalLaw ? metz : random.pick(`town ${label}`, towns)),
  };
}

function buildDirectors(specification: CompanySpecification, kind: CompanyKind, random: SeededRandom): readonly Director[] {
  const { name } = specification;
  if (kind === 'natural_person') {
    const [firstName = name, lastName = name] = name.split(' ');
    return [buildDirector(`${name} 0`, 'Entrepreneur individuel', random, { firstName, lastName })];
  }
  const roles = kind === 'association' ? ['Président', 'Trésorier', 'Secrétaire'] : companyRoles(specification);
  return roles.map((role, rank) => buildDirector(`${name} ${rank}`, role, random));
}

function companyRoles({ form }: CompanySpecification): readonly string[] {
  if (form === 'sarl' || form === 'scop' || form === 'gaec') return ['Gérant'];
  return form === 'sa' ? ['Président du conseil d’administration', 'Directeur général', 'Administrateur'] : ['Président', 'Directeur général'];
}

function buildDirector(
  label: string,
  role: string,
  random: SeededRandom,
  named?: { readonly firstName: string; readonly lastName: string },
): Director {
  const first = firstNames.find(({ name }) => name === named?.firstName) ?? random.pick(`first name ${label}`, firstNames);
  const month = String(random.integer(`birth month ${label}`, 1, 12)).padStart(2, '0');
  const day = String(random.integer(`birth day ${label}`, 1, 28)).padStart(2, '0');
  return {
    firstName: first.name,
    lastName: named?.lastName ?? random.pick(`last name ${label}`, lastNames),
    sex: first.sex,
    bornOn: `${random.integer(`birth year ${label}`, 1955, 1992)}-${month}-${day}`,
    birthplace: random.pick(`birthplace ${label}`, towns).commune,
    role,
  };
}

function buildYears(
  specification: CompanySpecification,
  currentYear: number,
  random: SeededRandom,
): readonly FinancialYear[] {
  const { name, headcount } = specification;
  const base = Math.max(headcount, 1) * random.integer(`turnover ${name}`, 90_000, 180_000);
  return [1, 2, 3].map((age): FinancialYear => {
    const turnover = Math.round(base * (1 - age * random.integer(`trend ${name}`, -3, 8) * 0.01));
    const equity = Math.round(turnover * 0.22);
    return {
      closedOn: `${currentYear - age}-12-31`,
      turnover,
      netIncome: Math.round(turnover * random.integer(`margin ${name} ${age}`, -2, 9) * 0.01),
      equity,
      debts: Math.round(turnover * 0.31),
    };
  });
}
