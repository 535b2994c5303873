import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonValue } from '../../../shared/domain/json';
import { type AccountAnswer, accountYears, ratioRows, ratioText } from '../../../shared/reading';

const turnoverPath = '/v3/dgfip/etablissements/{siret}/chiffres_affaires';
const taxPath = '/v3/dgfip/unites_legales/{siren}/liasses_fiscales/{year}';
const bankPath = '/v3/banque_de_france/unites_legales/{siren}/bilans';

const answer = (path: string, data: JsonValue, consultationId = path): AccountAnswer => ({ path, data, meta: {}, consultationId });
const turnovers = answer(turnoverPath, [
  { data: { date_fin_exercice: '2025-12-31', chiffre_affaires: '1200' }, links: {}, meta: {} },
  { data: { date_fin_exercice: '2024-12-31', chiffre_affaires: '1000' }, links: {}, meta: {} },
]);
const form = (number: string, cells: Record<string, string>): JsonValue => ({
  numero_imprime: number,
  date_fin_exercice: '2025-12-31',
  donnees: Object.entries(cells).map(([code, value]) => ({ code, valeurs: [value] })),
});

const valueOf = (answers: readonly AccountAnswer[], id: string): (number | undefined)[] =>
  ratioRows(accountYears(answers)).find((row) => row.id === id)?.values.map((value) => value?.value) ?? [];

describe('ratios over the years', () => {
  it('compares each turnover with the year before, and only with that year', () => {
    expect(valueOf([turnovers], 'growth')).toEqual([undefined, 20]);
    const withGap = answer(turnoverPath, [
      { data: { date_fin_exercice: '2025-12-31', chiffre_affaires: '1200' } },
      { data: { date_fin_exercice: '2022-12-31', chiffre_affaires: '1000' } },
    ]);
    expect(valueOf([withGap], 'growth')).toEqual([]);
  });

  it('reads the cells of both tax régimes', () => {
    const normal = answer(taxPath, { declarations: [form('2051', { DL: '300', EC: '600', EE: '900' }), form('2053', { HN: '60' })] });
    const simplified = answer(taxPath, { declarations: [form('2033A', { '142': '300', '176': '600', '180': '900' }), form('2033B', { '310': '60' })] });
    for (const accounts of [normal, simplified]) {
      expect(valueOf([turnovers, accounts], 'debt').at(-1)).toBe(200);
      expect(valueOf([turnovers, accounts], 'net_margin').at(-1)).toBe(5);
      expect(valueOf([turnovers, accounts], 'autonomy').at(-1)).toBeCloseTo(33.33, 1);
    }
  });

  it('reads the Banque de France, amounts as text', () => {
    const bank = answer(bankPath, [
      { data: { annee: '2025', valeurs_calculees: [{ total_dettes_stables: { valeur: '400' }, capacite_autofinancement: { valeur: '100' }, disponibilites: { valeur: '120' } }] } },
    ]);
    expect(valueOf([bank, turnovers], 'repayment')).toContain(4);
    expect(valueOf([bank, turnovers], 'cash_days').at(-1)).toBeCloseTo(36.5);
  });

  it('names the answer and the place of each figure', () => {
    const growth = ratioRows(accountYears([turnovers]))[0]?.values.at(-1);
    expect(growth?.terms.map(({ year, figure }) => [year, figure.pointer, figure.consultationId])).toEqual([
      [2025, '/data/0/data/chiffre_affaires', turnoverPath],
      [2024, '/data/1/data/chiffre_affaires', turnoverPath],
    ]);
  });

  it('says nothing rather than divide by zero or by a loss', () => {
    const poor = answer(taxPath, { declarations: [form('2051', { DL: '-10', EC: '600' }), form('2052', { FL: '0', HN: '5' })] });
    expect(ratioRows(accountYears([poor]))).toEqual([]);
  });

  it('stands any answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(turnoverPath, taxPath, bankPath), fc.jsonValue(), (path, data) => {
        for (const { values } of ratioRows(accountYears([answer(path, data as JsonValue)]))) {
          for (const value of values) expect(value === null || Number.isFinite(value.value)).toBe(true);
        }
      }),
    );
  });

  it('writes a ratio with its unit', () => {
    expect([ratioText(12.44, 'percent'), ratioText(1.5, 'years'), ratioText(45.6, 'days')]).toEqual(['12,4\u00a0%', '1,5\u00a0an', '46\u00a0jours']);
  });
});
