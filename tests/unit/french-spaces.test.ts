import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { CallError } from '../../renderer/app/bridge';
import { frenchSpaces } from '../../shared/domain/french-spaces';
import { channels, events } from '../../shared/ipc';

const BREAKABLE = /« |\S [»:;!?%€](?!\w)|\d (?:ms|Mo|mois)\b/;

/** Words, figures, signs and spaces as sentences have them, in any order. */
const sentences = fc.array(fc.constantFrom('Refusé', '12', '«', '»', ':', ';', '!', '?', '%', '€', 'Mo', 'mois', 'ms', ' ', ' ', '\u00a0', '\n', '12:30', 'https://exemple.test:8443/a?b=c'), { maxLength: 30 }).map((parts) => parts.join(''));

describe('the spaces of a sentence', () => {
  it('let no line begin with its punctuation or with a unit', () => {
    expect(frenchSpaces('Le fichier « liste.csv » pèse 30 Mo : il dépasse 20 Mo, soit 50 % de trop ; réessayez ! Non ?')).toBe(
      'Le fichier «\u00a0liste.csv\u00a0» pèse 30\u00a0Mo\u00a0: il dépasse 20\u00a0Mo, soit 50\u00a0% de trop\u00a0; réessayez\u00a0! Non\u00a0?',
    );
    fc.assert(fc.property(sentences, (text) => !BREAKABLE.test(frenchSpaces(text))));
  });

  it('are all that changes, once', () => {
    const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
    fc.assert(fc.property(sentences, (text) => plain(frenchSpaces(text)) === plain(text)));
    fc.assert(fc.property(sentences, (text) => frenchSpaces(frenchSpaces(text)) === frenchSpaces(text)));
  });

  it.each(['12:30', 'https://exemple.test:8443/a?b=c', 'C:\\Users\\a', 'a :b', '{"a":1}', 'MAPA-2026-014', ': seul'])('leave %s as it is', (text) => {
    expect(frenchSpaces(text)).toBe(text);
  });

  it('are right in what main refuses', () => {
    expect(new CallError({ code: 'refused', message: 'Refusé : « non ».', field: null }).message).toBe('Refusé\u00a0: «\u00a0non\u00a0».');
  });
});

/** What these fields say was made by main, wherever they stand. */
const SENTENCES: ReadonlySet<string> = new Set(['message', 'advice', 'reason', 'summary', 'mend', 'problem', 'detail', 'warnings', 'changes', 'note', 'notes', 'pauseMessage', 'openingNotices', 'body', 'subject']);
/** Fields of the same names that hold data: a cause by its code, a claim of a token, what people wrote. */
const DATA = /^dataKey\.state\.problem$|\.token\.subject$|^dossiers\..*\b(?:notes|supplied\.note)$|^batches\..*(?:importLines|firstLines|line)\.note$/;

interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
}

/** Every text of a schema, with the names that lead to it. */
function textsOf(schema: z.core.$ZodType, path: string): readonly (readonly [path: string, text: z.core.$ZodType])[] {
  const { type, innerType, element, options = [], shape = {} } = (schema as unknown as { _zod: { def: Definition } })._zod.def;
  if (type === 'string') return [[path, schema]];
  const within = [innerType, element, ...options].flatMap((one) => (one ? textsOf(one, path) : []));
  return [...within, ...Object.entries(shape).flatMap(([name, one]) => textsOf(one, `${path}.${name}`))];
}

describe('the contract', () => {
  const given = [...Object.entries(channels).map(([name, { output }]) => textsOf(output, name)), ...Object.entries(events).map(([name, payload]) => textsOf(payload, name))].flat();
  const isSentence = (text: z.core.$ZodType): boolean => z.safeParse(text, 'Refusé : « non ».').data === 'Refusé\u00a0: «\u00a0non\u00a0».';
  const isMeant = (path: string): boolean => SENTENCES.has(path.slice(path.lastIndexOf('.') + 1)) && !DATA.test(path);

  it('puts the spaces of each sentence that main makes', () => {
    expect(given.filter(([path, text]) => isMeant(path) && !isSentence(text)).map(([path]) => path)).toEqual([]);
    expect(given.filter(([path]) => isMeant(path)).length).toBeGreaterThan(30);
  });

  it('leaves what is only data as it is', () => {
    expect([...new Set(given.filter(([path, text]) => !isMeant(path) && isSentence(text)).map(([path]) => path))]).toEqual([]);
  });
});
