import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonValue } from '../../../shared/domain/json';
import { readCard } from '../../../shared/reading';
import { expectNothingLost } from '../../support/nothing-lost';

const HEADCOUNT = '/v3/gip_mds/etablissements/{siret}/effectifs_mensuels/{month}/annee/{year}';
const TURNOVER = '/v3/dgfip/etablissements/{siret}/chiffres_affaires';
const ACCOUNTS = '/v3/banque_de_france/unites_legales/{siren}/bilans';

const plain = (text: string) => text.replace(/\s/g, ' ');
const read = (path: string, data: JsonValue) => readCard({ data, meta: {}, documents: [] }, path);
const month = (annee: string, mois: string, value: JsonValue, regime = 'regime_general') => ({ regime, value, nature: 'effectif_moyen_mensuel', annee, mois });
const headcount = (rows: readonly JsonValue[]) => read(HEADCOUNT, { effectifs_mensuels: rows });
const turnover = (rows: readonly JsonValue[]) => rows.map((data) => ({ data }));
const accounts = (annee: string, close: JsonValue, added: JsonValue, surplus: JsonValue) => ({
  data: { annee, date_arrete_exercice: close, valeurs_calculees: [{ valeur_ajoutee_bdf: { valeur: added }, excedent_brut_exploitation: { valeur: surplus } }] },
});

const anyNumber = fc.option(fc.integer({ min: 0, max: 9 }));
const anyMonth = fc.integer({ min: 1, max: 12 }).map((rank) => String(rank).padStart(2, '0'));
const anyHeadcount = fc
  .tuple(fc.integer({ min: 2021, max: 2024 }).map(String), anyMonth, anyNumber, fc.constantFrom('regime_general', 'regime_agricole', 'regime_inconnu', ''))
  .map((row) => month(...row));
const anyTurnover = fc.record({
  chiffre_affaires: anyNumber,
  date_fin_exercice: fc.oneof(fc.tuple(fc.integer({ min: 2010, max: 2024 }), anyMonth).map(([year, closed]) => `${year}-${closed}-30`), fc.constantFrom('jadis', '')),
});
const anyAccounts = fc.tuple(fc.integer({ min: 2015, max: 2024 }).map(String), anyNumber, anyNumber).map(([year, added, surplus]) => accounts(year, `${year}12`, added, surplus));
const shuffled = <T>(rows: readonly T[]) => fc.shuffledSubarray([...rows], { minLength: rows.length });
const inTwoOrders = <T>(row: fc.Arbitrary<T>) => fc.array(row, { maxLength: 12 }).chain((rows) => fc.tuple(fc.constant(rows), shuffled(rows)));

describe('headcount over months', () => {
  it('leaves a gap for a month that the answer skips, in the chart and in the table', () => {
    const { charts, tables } = headcount([month('2023', '12', 4), month('2024', '03', 6), month('2024', '01', 0)]);
    expect(charts[0]?.points).toEqual([
      { category: '12/2023', values: [4] },
      { category: '01/2024', values: [0] },
      { category: '02/2024', values: [null] },
      { category: '03/2024', values: [6] },
    ]);
    const texts = tables[0]?.rows.map((row) => [0, 1, 3].map((column) => row[column]?.text ?? null));
    expect(texts).toEqual([['2024', '03', '6'], ['2024', '02', 'non communiqué'], ['2024', '01', '0'], ['2023', '12', '4']]);
  });

  it('gives each regime its series, in words, and says which one tells nothing', () => {
    const rows = ['05', '06'].flatMap((mois) => [month('2024', mois, 10), month('2024', mois, 3, 'regime_agricole'), month('2024', mois, null, 'regime_inedit')]);
    const [chart] = headcount(rows).charts;
    expect(chart?.series.map(plain)).toEqual(['Régime agricole', 'Régime général', 'regime_inedit : non communiqué']);
    expect(chart?.points).toEqual([
      { category: '05/2024', values: [3, 10, null] },
      { category: '06/2024', values: [3, 10, null] },
    ]);
    expect(chart?.hasLegend).toBe(true);
  });

  it('shows two numbers for one month and one regime side by side, each under a name of its own', () => {
    const [chart] = headcount([month('2024', '06', 3), month('2024', '06', 5), month('2024', '05', 1)]).charts;
    expect(chart?.points.map(({ category, values }) => [category, values[0]])).toEqual([['05/2024', 1], ['06/2024 (1)', 3], ['06/2024 (2)', 5]]);
  });

  it('does not stretch over centuries for one odd date', () => {
    expect(headcount([month('1900', '01', 1), month('2024', '06', 5)]).charts[0]?.points.map(({ category }) => category)).toEqual(['01/1900', '02/1900 à 05/2024', '06/2024']);
  });
});

describe('years', () => {
  it('leave a gap where one is missing, and null is no zero', () => {
    const years = [['2020-12-31', 0], ['2024-06-30', null], ['2022-12-31', '7'], ['2023-12-31', 8]].map(([date_fin_exercice, chiffre_affaires]) => ({ date_fin_exercice, chiffre_affaires }));
    expect(read(TURNOVER, turnover(years as JsonValue[])).charts[0]?.points).toEqual([
      { category: '12/2020', values: [0] },
      { category: '2021', values: [null] },
      { category: '12/2022', values: [7] },
      { category: '12/2023', values: [8] },
      { category: '06/2024', values: [null] },
    ]);
  });

  it('of accounts are placed by their close, else by their year', () => {
    const [chart] = read(ACCOUNTS, [accounts('2023', null, '5', null), accounts('2021', '202112', '1', 2), accounts('2021', '202106', '9', 4)]).charts;
    expect(chart?.points).toEqual([
      { category: '06/2021', values: [9, 4] },
      { category: '12/2021', values: [1, 2] },
      { category: '2022', values: [null, null] },
      { category: '2023', values: [5, null] },
    ]);
  });
});

describe('whatever the order of the answer', () => {
  const sameCard = (path: string, rows: readonly JsonValue[], others: readonly JsonValue[], body: (list: readonly JsonValue[]) => JsonValue) => {
    const [one, other] = [read(path, body(rows)), read(path, body(others))];
    expect(other.charts).toEqual(one.charts);
    const texts = ({ tables }: typeof one) => tables.map((table) => table.rows.map((row) => row.map((cell) => cell?.text ?? null)));
    expect(texts(other)).toEqual(texts(one));
    for (const { points } of one.charts) expect(new Set(points.map(({ category }) => category)).size).toBe(points.length);
    expectNothingLost({ data: body(rows), meta: {} }, path);
  };
  it('headcounts give the same chart and table', () => {
    fc.assert(fc.property(inTwoOrders(anyHeadcount), ([rows, others]) => sameCard(HEADCOUNT, rows, others, (list) => ({ effectifs_mensuels: [...list] }))));
  });
  it('turnovers too', () => {
    fc.assert(fc.property(inTwoOrders(anyTurnover), ([rows, others]) => sameCard(TURNOVER, rows, others, turnover)));
  });
  it('and accounts', () => {
    fc.assert(fc.property(inTwoOrders(anyAccounts), ([rows, others]) => sameCard(ACCOUNTS, rows, others, (list) => [...list])));
  });
  it('a chart draws each number that has a period, and no other', () => {
    fc.assert(
      fc.property(fc.array(anyHeadcount, { maxLength: 12 }), (rows) => {
        const drawn = new Set(headcount(rows).charts.flatMap(({ points }) => points.flatMap(({ values }) => values.filter((value) => value !== null))));
        if (drawn.size > 0) expect(drawn).toEqual(new Set(rows.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))));
      }),
    );
  });
});
