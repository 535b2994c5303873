import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readPastedIds } from '../../../renderer/features/history/pasted-ids';

const first = '0b8f7a52-6a5e-4c1e-9a7e-3f0c5d1e2a4b';
const second = '6f1d2c3b-4a59-4877-8695-a4b3c2d1e0f9';

describe('ids among what was pasted', () => {
  it.each([
    ['one a line, with blank lines and spaces', `\n  ${first}  \r\n\r\n${second}\r\n`],
    ['separated by commas', `${first}, ${second},`],
    ['separated by semicolons, in quotes', `"${first}";"${second}"`],
    ['in French quotes', `«\u00a0${first}\u00a0» et «\u00a0${second}\u00a0»`],
    ['as JSON', `{"ids": ["${first}", "${second}"]}`],
    ['twice', `${first}\n${second}\n${first}`],
    ['in capitals', `${first.toUpperCase()} ${second.toUpperCase()}`],
    ['in a message', `Bonjour, pouvez-vous nous dire pourquoi l’appel ${first} du 24/11/2026 a été fait, puis ${second}.`],
    ['in a log', `2026-11-24T09:12:00Z GET /v4/insee/sirene/unites_legales/299031112 200 X-Request-ID=${first}\n10.0.0.1 - - "${second}" 404 86`],
  ])('%s', (_form, text) => {
    expect(readPastedIds(text).ids).toEqual([first, second]);
  });

  it('a list keeps an id that is mistyped, which the answer will say unknown', () => {
    const cut = first.slice(0, 30);
    expect(readPastedIds(`${cut}\n${second}, inconnu-1`).ids).toEqual([cut, second, 'inconnu-1']);
  });

  it('lines without an id are counted apart', () => {
    expect(readPastedIds(`Identifiant de requête\n${first}\n299031112 le 24/11/2026\n2026-11-24\n`)).toEqual({ ids: [first], lineCountAside: 3 });
    expect(readPastedIds(' \n')).toEqual({ ids: [], lineCountAside: 0 });
  });

  it('finds five hundred of them whatever separates them, each once, in their order', () => {
    const separator = fc.constantFrom('\n', '\r\n', ', ', ';', ' ', '\t', '","', '\n\n', ' | ', ' — ');
    fc.assert(
      fc.property(fc.array(separator, { minLength: 500, maxLength: 500 }), (separators) => {
        const ids = separators.map(() => randomUUID());
        expect(readPastedIds(ids.map((id, index) => id + (separators[index] ?? '')).join('')).ids).toEqual(ids);
      }),
      { numRuns: 20 },
    );
  });
});
