import type { Establishment, SandboxCompany } from './types';

/** What a call designates. */
export interface Subject {
  readonly company: SandboxCompany;
  /** The one designated by a SIRET, else the head office; undefined for an association without SIREN. */
  readonly establishment: Establishment | undefined;
  /** Old identifier, when the call used a duplicate. */
  readonly redirectedFrom: string | null;
}

export interface CompanyRegistry {
  readonly companies: readonly SandboxCompany[];
  /** Finds by SIREN, SIRET, RNA or EORI (FR and the SIRET). */
  find(identifier: string): Subject | undefined;
}

/** `knowsEverySiren`: any other SIREN designates a company like the first one, so that long lists have answers too. */
export function createRegistry(companies: readonly SandboxCompany[], knowsEverySiren = false): CompanyRegistry {
  const subjects = new Map<string, Subject>();
  for (const company of companies) index(company, subjects);
  const find = (identifier: string): Subject | undefined => subjects.get(identifier);
  if (!knowsEverySiren) return { companies, find };
  return { companies, find: (identifier) => find(identifier) ?? likeTheFirst(companies, identifier) };
}

function likeTheFirst([first]: readonly SandboxCompany[], identifier: string): Subject | undefined {
  const siren = /^\d{9}(\d{5})?$/.test(identifier) ? identifier.slice(0, 9) : null;
  if (!first || siren === null) return undefined;
  const establishments = first.establishments.map((one) => ({ ...one, siret: `${siren}${one.siret.slice(9)}` }));
  const establishment = establishments.find(({ siret }) => siret === identifier) ?? establishments[0];
  return { company: { ...first, siren, establishments }, establishment, redirectedFrom: null };
}

function index(company: SandboxCompany, subjects: Map<string, Subject>): void {
  const headOffice = company.establishments[0];
  const whole: Subject = { company, establishment: headOffice, redirectedFrom: null };
  if (company.siren) subjects.set(company.siren, whole);
  if (company.rna) subjects.set(company.rna, whole);
  if (company.duplicateSiren) subjects.set(company.duplicateSiren, { ...whole, redirectedFrom: company.duplicateSiren });
  for (const establishment of company.establishments) {
    const subject: Subject = { company, establishment, redirectedFrom: null };
    subjects.set(establishment.siret, subject);
    subjects.set(`FR${establishment.siret}`, subject);
  }
}
