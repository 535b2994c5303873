import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyForm, questionOf, type SearchForm } from '../../../renderer/features/search/search-form';
import { searchChannels } from '../../../shared/ipc/search';

const ask = (changes: Partial<SearchForm>) => questionOf({ ...emptyForm, ...changes });

describe('the question of a search form', () => {
  it('is none while nothing, or too little, is filled in', () => {
    for (const form of [{}, { text: '  ' }, { text: 'ab' }, { text: 'ab', place: '35' }]) expect(ask(form).kind).toBe('none');
  });

  it('reads a place by its digits: postcode or department', () => {
    expect(ask({ place: '21000' })).toMatchObject({ kind: 'right', input: { filters: { postcode: '21000' } } });
    expect(ask({ place: ' 2a ' })).toMatchObject({ kind: 'right', input: { filters: { department: '2A' } } });
    expect(ask({ place: '2100' })).toMatchObject({ kind: 'wrong', problems: { place: expect.stringContaining('cinq chiffres') as string } });
    expect(ask({ place: 'Dijon' })).toMatchObject({ kind: 'wrong', problems: { place: expect.stringContaining('35') as string } });
  });

  it('joins every bound, and names the field at fault', () => {
    expect(ask({ text: 'bois', section: 'F', state: 'ceased', kind: 'sole_trader', directorName: 'Exemple' })).toMatchObject({
      kind: 'right',
      input: { text: 'bois', filters: { section: 'F', state: 'ceased', soleTradersOnly: true, directorName: 'Exemple' } },
    });
    expect(ask({ activity: '43', directorName: 'E' })).toMatchObject({ kind: 'wrong', problems: { activity: expect.any(String) as string, directorName: expect.any(String) as string } });
  });

  it('leaves the bounds out beside a number, and says so', () => {
    expect(ask({ text: '100 000 009', place: '35' })).toEqual({ kind: 'right', input: { text: '100000009' }, ignoresFilters: true });
    expect(ask({ text: '100 000 008' })).toMatchObject({ kind: 'wrong', problems: { text: expect.stringContaining('Luhn') as string } });
  });

  it('is always one that the contract takes', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('', 'menuiserie', '35', '35000', '43.32A', '100 000 009'));
    const form = fc.record({
      ...{ text, place: text, activity: text, directorName: text, directorFirstName: text },
      section: fc.constantFrom('A', 'F', null),
      state: fc.constantFrom('active' as const, 'ceased' as const, null),
      kind: fc.constantFrom('association' as const, 'sole_trader' as const, null),
    });
    fc.assert(
      fc.property(form, (filled) => {
        const question = questionOf(filled);
        if (question.kind === 'right') expect(searchChannels['search.companies'].input.safeParse(question.input).error).toBeUndefined();
      }),
    );
  });
});
