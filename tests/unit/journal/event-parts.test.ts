import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { eventParts, intentParts, outcomeParts } from '../../../electron/journal/event-parts';
import { contentText } from '../../../electron/journal/format';
import { makeIntent, makeOutcome } from './support';

// A lone surrogate has no UTF-8 form: RFC 8785 refuses it, and no field of ours can hold one.
const text = fc.string({ unit: 'binary' });
const maybe = fc.option(text, { nil: null });

describe('texts of a row', () => {
  it('are the canonical JSON of what they say, whatever is said', () => {
    const event = fc.record({
      agent: fc.option(fc.record({ id: text, displayName: text }), { nil: null }),
      ...{ dossierId: maybe, dossierTitle: maybe, identifier: maybe, companyName: maybe, context: maybe, recipient: maybe, object: maybe },
      ...{ detail: maybe, code: maybe, requestId: maybe, provider: maybe, httpStatus: fc.option(fc.integer(), { nil: null }) },
      data: fc.option(fc.dictionary(text, fc.oneof(text, fc.integer()), { noNullPrototype: true }), { nil: undefined }),
    });
    fc.assert(
      fc.property(event, text, (input, workstation) => {
        const parts = eventParts({ ...input, event: 'data.copied' }, workstation);
        const content = contentText(parts);
        expect(content).toBe(canonicalize(JSON.parse(content)));
      }),
    );
  });

  it('are canonical for calls and their outcomes too', () => {
    fc.assert(
      fc.property(text, maybe, fc.integer({ min: 100, max: 599 }), (object, detail, httpStatus) => {
        const intent = makeIntent({ dossierTitle: object, writtenReason: detail, companyName: detail });
        for (const parts of [intentParts(intent, object), outcomeParts(makeOutcome({ httpStatus, detail, code: detail }))]) {
          const content = contentText(parts);
          expect(content).toBe(canonicalize(JSON.parse(content)));
        }
      }),
    );
  });
});
