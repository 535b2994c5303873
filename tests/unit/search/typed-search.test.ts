import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseVatNumber, type Siren, vatNumberOf } from '../../../shared/domain/identifiers';
import { readTypedSearch } from '../../../shared/domain/typed-search';

/** Last digit that makes Luhn's sum a multiple of ten. */
function withLuhnKey(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

const digitsOf = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((digits) => digits.join(''));
// Zero alone is no company, and La Poste's SIREN has a rule of its own for SIRET.
const siren = digitsOf(8).filter((digits) => /[1-9]/.test(digits)).map(withLuhnKey).filter((value) => value !== '356000000');
const siret = fc.tuple(siren, digitsOf(4)).map(([value, nic]) => withLuhnKey(value + nic));
const space = fc.constantFrom('', ' ', '\u00a0', '\u202f', '\u2009', '.', '-', '\u2011', '\u2013', '/');

/** The same figures as people paste them: grouped, with whatever separates. */
function grouped(value: string, separator: string): string {
  return ` ${value.replace(/(\d{3})(?=\d)/g, `$1${separator}`)} `;
}

describe('what an agent types', () => {
  test('a SIREN is read however it is spaced', () => {
    fc.assert(
      fc.property(siren, space, (value, separator) => {
        expect(readTypedSearch(grouped(value, separator))).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { identifier: value, siret: null } } });
      }),
    );
  });

  test('a SIRET designates its company and is kept', () => {
    fc.assert(
      fc.property(siret, space, (value, separator) => {
        expect(readTypedSearch(grouped(value, separator))).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { identifier: value.slice(0, 9), siret: value } } });
      }),
    );
  });

  test('one wrong digit is told, never searched as a name', () => {
    fc.assert(
      fc.property(siren, fc.nat(8), fc.integer({ min: 1, max: 9 }), (value, place, shift) => {
        const wrong = [...value].map((digit, index) => (index === place ? String((Number(digit) + shift) % 10) : digit)).join('');
        const reading = readTypedSearch(wrong);
        expect(reading.kind === 'identifier' && !reading.checked.ok && reading.checked.message.length > 0).toBe(true);
      }),
    );
  });

  test('a number of another length says how many digits it has', () => {
    const other = fc.integer({ min: 3, max: 20 }).filter((length) => length !== 9 && length !== 14).chain(digitsOf).filter((digits) => !parseVatNumber(digits).ok);
    fc.assert(
      fc.property(other, (value) => {
        const reading = readTypedSearch(value);
        if (reading.kind !== 'identifier' || reading.checked.ok) throw new Error('accepted');
        expect(reading.checked.message).toContain(`saisi ${value.length}.`);
      }),
    );
  });

  test('a letter slipped into a SIREN is a slip, not a name', () => {
    fc.assert(
      fc.property(siren, fc.nat(8), fc.constantFrom('O', 'l', 'I', 'B'), (value, place, letter) => {
        const reading = readTypedSearch(value.slice(0, place) + letter + value.slice(place + 1));
        expect(reading.kind).toBe('identifier');
      }),
    );
  });

  test('words are searched as they were typed, trimmed', () => {
    const word = fc.stringMatching(/^[a-zà-ÿ]{3,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const text = words.join(' ');
        expect(readTypedSearch(`  ${text} `)).toEqual({ kind: 'name', text });
      }),
    );
  });

  test('names that hold a few digits stay names', () => {
    expect(readTypedSearch('3 Suisses 59').kind).toBe('name');
    expect(readTypedSearch('Garage du 14 juillet').kind).toBe('name');
  });

  test('an association is found by its RNA number', () => {
    expect(readTypedSearch('w 751 000 123')).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { identifier: 'W751000123', siret: null } } });
  });

  test('under three signs nothing is asked', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z\d]{0,2}$/), space, (text, separator) => readTypedSearch(separator + text).kind === 'too_short'));
  });

  const vat = fc.tuple(siren, fc.constantFrom('FR', 'fr', 'Fr ', ''), space).map(([value, prefix, separator]) => ({
    value,
    text: `${prefix}${separator}${grouped(vatNumberOf(value as Siren).slice(2), separator).trim()}`,
  }));

  test('a VAT number gives its SIREN once its key is checked', () => {
    fc.assert(
      fc.property(vat, ({ value, text }) => {
        const reading = readTypedSearch(text);
        expect(reading).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { identifier: value, siret: null } } });
        expect(reading.kind === 'identifier' && reading.checked.ok && reading.checked.value.understood).toMatch(/^Numéro de TVA, clé vérifiée\s: SIREN \d{3}/);
      }),
    );
  });

  test('a VAT number with another key is refused, and says which', () => {
    fc.assert(
      fc.property(siren, fc.integer({ min: 1, max: 96 }), (value, shift) => {
        const key = String((Number(vatNumberOf(value as Siren).slice(2, 4)) + shift) % 97).padStart(2, '0');
        const reading = readTypedSearch(`FR${key} ${value}`);
        expect(reading).toMatchObject({ kind: 'identifier', checked: { ok: false, message: expect.stringContaining(key) as string } });
      }),
    );
  });

  test('a key with letters is checked too: of all those that can be written, one in eleven or so is that of the SIREN', () => {
    const signs = [...'0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'];
    const lettered = signs.flatMap((first) => signs.map((second) => first + second)).filter((key) => /[A-Z]/.test(key));
    fc.assert(
      fc.property(siren, (value) => {
        const right = lettered.filter((key) => parseVatNumber(`FR${key}${value}`).ok);
        expect(right.length / lettered.length).toBeGreaterThan(1 / 15);
        expect(right.length / lettered.length).toBeLessThan(1 / 8);
      }),
      { numRuns: 20 },
    );
    expect(parseVatNumber('FR 4Z 123456782')).toMatchObject({ ok: true, value: '123456782' });
    expect(readTypedSearch('FR 4Y 123456782')).toMatchObject({ kind: 'identifier', checked: { ok: false, message: expect.stringContaining('4Y') as string } });
  });

  test('a French EORI number is its SIRET', () => {
    fc.assert(
      fc.property(siret, space, (value, separator) => {
        expect(readTypedSearch(`fr${grouped(value, separator)}`)).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { siret: value } } });
      }),
    );
  });

  test.each(['DE 123 456 789', 'IE1234567T', 'ES B12345678', 'ATEOS1000000001', 'GB 123456789000'])('the EORI number %s, foreign, is told why it enters no dossier', (text) => {
    expect(readTypedSearch(text)).toMatchObject({ kind: 'identifier', checked: { ok: false, message: expect.stringMatching(/hors de France.*SIREN ou un RNA.*Commission européenne/) as string } });
  });

  test.each(['SIREN : ', 'siren ', 'N° SIREN ', 'RCS Dijon B ', 'numéro de SIREN: ', 'RCS ', 'R.C.S. Dijon B '])('« %s » pasted with the number is no part of it', (label) => {
    fc.assert(
      fc.property(siren, (value) => {
        expect(readTypedSearch(`${label}${grouped(value, ' ').trim()}`)).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { identifier: value } } });
      }),
    );
  });

  test.each(['TVA intracommunautaire : ', 'n° TVA ', 'TVA intra. ', 'TVA '])('nor is « %s » of a VAT number', (label) => {
    const value = '100000009' as Siren;
    expect(readTypedSearch(`${label}${vatNumberOf(value)}`)).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { identifier: value } } });
  });

  test('whatever is typed is read, and what is wrong is told in a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z\d .\-:°]{0,40}$/)), (text) => {
        const reading = readTypedSearch(text);
        if (reading.kind === 'identifier' && !reading.checked.ok) expect(reading.checked.message).toMatch(/[^\s].{10,}\.$/s);
      }),
    );
  });

  test.each([[' RCS Dijon', ''], [' R.C.S. Saint-Étienne', ''], [';', ''], [')', '('], [' »', '« '], [' RCS Dijon)', '(SIREN ']])('« %s » around the number is no part of it', (after, before) => {
    fc.assert(
      fc.property(siren, (value) => {
        expect(readTypedSearch(`${before}${value.replace(/(\d{3})(?=\d)/g, '$1 ')}${after}`)).toMatchObject({ kind: 'identifier', checked: { ok: true, value: { identifier: value } } });
      }),
    );
  });

  test.each(['RCS', '3 RCS', 'SARL (Dijon)', 'Siren conseil', 'TVA services', 'France Menuiserie', 'W Services', 'Fromagerie 2000', 'Dupont 21000 Dijon'])('« %s » stays a name', (text) => {
    expect(readTypedSearch(text)).toEqual({ kind: 'name', text });
  });
});
