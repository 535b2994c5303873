import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldName, readFacts } from '../../../electron/genuineness/piece-facts';
import { isLuhnValid } from '../../../shared/domain/identifiers';

const siren = fc.integer({ min: 10_000_000, max: 99_999_999 }).map((stem) => {
  const eight = String(stem);
  return [...'0123456789'].map((key) => `${eight}${key}`).find(isLuhnValid) ?? '';
});

describe('what a document says of itself', () => {
  it('finds a SIREN however its digits are grouped', () => {
    fc.assert(
      fc.property(siren, fc.constantFrom('', ' ', '\u00a0', '\u202f', '.'), (value, separator) => {
        const written = [value.slice(0, 3), value.slice(3, 6), value.slice(6)].join(separator);
        expect(readFacts(`SIREN : ${written}, à Valmont`).sirens).toEqual([value]);
      }),
    );
  });

  it('leaves out nine digits that fail the Luhn key', () => {
    fc.assert(
      fc.property(siren, (value) => {
        const wrong = `${value.slice(0, 8)}${(Number(value[8]) + 1) % 10}`;
        expect(readFacts(`n° ${wrong}`).sirens).toEqual([]);
      }),
    );
  });

  it('reads a SIRET, and the SIREN that begins it', () => {
    expect(readFacts('SIRET 299 031 112 00012')).toMatchObject({ sirets: ['29903111200012'], sirens: ['299031112'] });
  });

  it('reads dates in every French form, once each, and no impossible one', () => {
    expect(readFacts('le 25/11/2026, du 25-11-2026, 2026-11-25, 1er décembre 2026, 3 août 2025, 31/02/2026').days).toEqual(['2026-11-25', '2026-12-01', '2025-08-03']);
  });

  it('reads any calendar day back from its French form', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString().slice(0, 10);
        const long = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
        expect(readFacts(iso.split('-').reverse().join('/')).days).toEqual([iso]);
        expect(readFacts(`Fait le ${long}.`).days).toEqual([iso]);
      }),
    );
  });

  it('reads the security code of the Urssaf, grouped or not', () => {
    expect(readFacts('Code de sécurité : ABCDE12345FGH67').securityCodes).toEqual(['ABCDE12345FGH67']);
    expect(readFacts('CODE DE SECURITE\nABCDE12345FGH67\nfin').securityCodes).toEqual(['ABCDE12345FGH67']);
    expect(readFacts('Code de sécurité : ABCDE12345FGH678').securityCodes).toEqual([]);
    expect(readFacts('Code de sécurité : AB12 CD34 EF56 GH7').securityCodes).toEqual(['AB12CD34EF56GH7']);
  });

  it('recognises documents by their titles', () => {
    expect(readFacts('ATTESTATION DE VIGILANCE').kind).toBe('vigilance');
    expect(readFacts('Attestation de régularité fiscale').kind).toBe('fiscale');
    expect(readFacts('Extrait Kbis\nImmatriculation').kind).toBe('kbis');
    expect(readFacts('Menu de la cantine').kind).toBeNull();
  });

  it('never fails nor hangs on any text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000, unit: 'binary' }), (text) => void readFacts(text)));
    fc.assert(fc.property(fc.constantFrom('1', '1 ', 'Code de sécurité A', '12/'), fc.integer({ min: 1, max: 20_000 }), (part, times) => void readFacts(part.repeat(times))), { numRuns: 20 });
  });

  it('compares names without case, accents nor punctuation', () => {
    expect(foldName('L’Épicerie  du Pré, SARL')).toBe(foldName('L EPICERIE DU PRE SARL'));
  });
});
