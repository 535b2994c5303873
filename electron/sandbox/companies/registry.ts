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

export function createRegistry(companies: readonly SandboxCompany[]): CompanyRegistry {
  const subjects = new Map<string, Subject>();
  for (const company of companies) index(company, subjects);
  return { companies, find: (identifier) => subjects.get(identifier) };
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
