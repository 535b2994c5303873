import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { formatValue, isoDay, readDate } from '../../../shared/reading';
import { enumText } from '../../../shared/reading/enums';
import { nafText, readNumber } from '../../../shared/reading/numbers';

/** Plain spaces, so that expectations read well. */
function plain(text: string | undefined): string | undefined {
  return text?.replace(/[\u00a0\u202f]/g, ' ');
}

describe('dates', () => {
  it.each([
    [-473389200, '1er janvier 1955'],
    [1673478000, '12 janvier 2023'],
    [1656626400, '1er juillet 2022'],
    ['2022-07-11', '11 juillet 2022'],
    ['2019-01-01T00:00:00.000Z', '1er janvier 2019'],
    ['1965-01', 'janvier 1965'],
    ['07-1985', 'juillet 1985'],
    ['202012', 'décembre 2020'],
    ['1631182730', '9 septembre 2021'],
  ])('reads %s as %s', (value, expected) => {
    expect(plain(readDate(value))).toBe(expected);
  });

  it.each(['02-24', '30-06', '12-31', '2020', '2021-02-31', '2021-13', 'illimité', ''])('does not guess at %s', (value) => {
    expect(readDate(value)).toBeUndefined();
    if (value !== '') expect(formatValue(value, 'date')).toBe(value);
  });

  it('reads a midnight of Paris as that day, whatever the year and the clock change', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-02T00:00:00Z'), max: new Date('2037-01-01T00:00:00Z'), noInvalidDate: true }), (instant) => {
        const day = instant.toISOString().slice(0, 10);
        // Paris is one or two hours ahead of UTC since 1976, one hour before: its midnight is one of these two.
        const midnights = [1, 2].map((hours) => Date.parse(`${day}T00:00:00Z`) / 1000 - hours * 3600);
        expect(midnights.map((seconds) => isoDay(seconds))).toContain(day);
      }),
    );
  });
});

describe('amounts and codes', () => {
  it('reads amounts sent as text and as numbers alike', () => {
    expect(plain(formatValue('900001', 'euros'))).toBe('900 001 €');
    expect(plain(formatValue(900001.5, 'euros'))).toBe('900 001,50 €');
    expect(readNumber('12,5')).toBe(12.5);
  });

  it('never takes null, blank or text for zero', () => {
    for (const format of ['euros', 'number', 'percent', 'yes_no', 'date'] as const) {
      expect(formatValue(null, format)).toBe('non communiqué');
      expect(formatValue('', format)).toBe('non communiqué');
    }
    expect(readNumber('')).toBeUndefined();
    expect(readNumber(null)).toBeUndefined();
    expect(formatValue('NS', 'euros')).toBe('NS');
    expect(plain(formatValue(0, 'euros'))).toBe('0 €');
  });

  it('writes activity codes with their dot, in both nomenclatures', () => {
    expect(nafText('8411Z')).toBe('84.11Z');
    expect(nafText('49.10Z')).toBe('49.10Z');
    expect(nafText('84.11')).toBe('84.11');
    expect(nafText('84.11GB')).toBe('84.11GB');
    expect(nafText('inconnu')).toBeUndefined();
  });

  it('spaces identifiers and leaves what is none', () => {
    expect(plain(formatIdentifier('299031112'))).toBe('299 031 112');
    expect(plain(formatIdentifier('29903111200012'))).toBe('299 031 112 00012');
    expect(formatIdentifier('W751080001')).toBe('W751080001');
  });

  it('shows an enumerated value that it does not know as it is, even one named like an object’s own method', () => {
    expect(enumText('legal_unit_state', 'C')).toBe('Cessée');
    expect(enumText('legal_unit_state', 'Z')).toBe('Z');
    expect(enumText('legal_unit_state', 'constructor')).toBe('constructor');
  });
});
