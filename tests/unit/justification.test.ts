import { describe, expect, it } from 'vitest';

import { checkJustification, checkRecipient, objectAdvice } from '../../shared/domain/justification';

const recipient = '99900012800010';
const sound = { context: 'Marchés publics', recipient, object: 'MP-2026-014' };
const fieldsOf = (draft: typeof sound, called?: string): string[] => checkJustification(draft, called).problems.map(({ field }) => field);

describe('the justification of a call', () => {
  it('is sent without the spaces around it', () => {
    const { justification, problems } = checkJustification({ context: ' Marchés publics ', recipient: '999 000 128 00010', object: ' MP-2026-014\u00a0' });
    expect(problems).toEqual([]);
    expect(justification).toEqual(sound);
  });

  it.each([
    ['no context', { ...sound, context: '' }, ['context']],
    ['a blank context', { ...sound, context: ' \u00a0' }, ['context']],
    ['a blank object', { ...sound, object: ' \t ' }, ['object']],
    ['an invisible character', { ...sound, object: 'MP\u0000-1' }, ['object']],
    ['a line end', { ...sound, context: 'Marchés\npublics' }, ['context']],
    ['no recipient', { ...sound, recipient: ' ' }, ['recipient']],
    ['a SIREN as recipient', { ...sound, recipient: '999000128' }, ['recipient']],
    ['a recipient whose key is wrong', { ...sound, recipient: '99900012800011' }, ['recipient']],
    ['nothing at all', { context: '', recipient: '', object: '' }, ['context', 'object', 'recipient']],
  ])('is refused with %s, each field in a sentence', (_name, draft, fields) => {
    const { justification, problems } = checkJustification(draft);
    expect(problems.map(({ field }) => field)).toEqual(fields);
    expect(justification).toBeUndefined();
    for (const { message } of problems) expect(message).toMatch(/^[A-ZÉ].*\.$/u);
  });

  it('never names the called company as its own recipient, by any of its establishments', () => {
    for (const called of ['999000128', '99900012800010', '99900012800028']) expect(fieldsOf(sound, called), called).toEqual(['recipient']);
    expect(fieldsOf(sound, '299031112')).toEqual([]);
    // Numbers of associations and of other countries name no SIREN.
    expect(checkRecipient(recipient, 'W999000128').ok).toBe(true);
  });

  it('has an object that the documentation advises to keep within fifty characters', () => {
    expect(objectAdvice('x'.repeat(50))).toBeUndefined();
    expect(objectAdvice(`  ${'x'.repeat(50)}  `)).toBeUndefined();
    expect(objectAdvice('x'.repeat(51))).toMatch(/^51 caractères/);
    expect(fieldsOf({ ...sound, object: 'x'.repeat(51) })).toEqual([]);
  });
});
