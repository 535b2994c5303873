import { describe, expect, it } from 'vitest';

import { sandboxCompanies } from '../../../electron/sandbox';
import { buildCompanies } from '../../../electron/sandbox/companies/build-companies';
import { parisMidnight } from '../../../electron/sandbox/answers/dates';
import { isLuhnValid, parseRna } from '../../../shared/domain/identifiers';

const seeds = ['instruire', 'autre graine', '42', 'limite'];

describe('made-up companies', () => {
  it.each(seeds)('have valid and unique identifiers with the seed « %s »', (seed) => {
    const companies = buildCompanies(seed, 2026);
    const sirens = companies.flatMap(({ siren, duplicateSiren }) => [siren, duplicateSiren]).filter((one) => one !== null);
    const sirets = companies.flatMap(({ establishments }) => establishments.map(({ siret }) => siret));
    expect([...sirens, ...sirets].filter((digits) => !isLuhnValid(digits))).toEqual([]);
    expect(new Set([...sirens, ...sirets]).size).toBe(sirens.length + sirets.length);
    expect(companies.every(({ rna }) => rna === null || parseRna(rna).ok)).toBe(true);
  });

  it('number thirty at least, each described in one line', () => {
    const companies = sandboxCompanies();
    expect(companies.length).toBeGreaterThanOrEqual(30);
    expect(companies.filter(({ description }) => description === '' || description.includes('\n'))).toEqual([]);
  });

  it('are the same at every start', () => {
    expect(buildCompanies('instruire', 2026)).toEqual(buildCompanies('instruire', 2026));
  });

  it('bear dates of Paris, negative before 1970', () => {
    expect(parisMidnight('1955-01-01')).toBe(-473_389_200);
  });
});
