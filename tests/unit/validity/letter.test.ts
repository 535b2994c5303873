import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { completenessGrid, piecesToAsk, PROCEDURES, shippedLists } from '../../../shared/domain/completeness';
import { letterText } from '../../../shared/domain/completeness/letter';
import type { Siret } from '../../../shared/domain/identifiers';
import { failureOf, known, TAX, today, VIGILANCE } from './made-up';

const company = { identifier: '299031112', siret: '29903111200012' as Siret, name: 'Entreprise fictive' };
const sender = { displayName: 'Camille Rivière', organisation: 'Commune de Valmont-les-Prés' };

function letterFor(procedure: (typeof PROCEDURES)[number], deadline: string | null, failed: readonly string[]) {
  const list = shippedLists[procedure];
  const knownOf = () => known({ failures: failed.map((id) => failureOf(id)) });
  const [row] = completenessGrid({ list, companies: [company], knownOf, supplied: [], canCall: () => true, moment: { today: today.today, deadline } });
  if (!row) throw new Error('no row');
  return { asked: piecesToAsk(list, row), text: letterText({ list, row, sender, today: today.today, dossier: { title: 'Réfection', object: 'MP-1', deadline } }) };
}

describe('the letter to a company', () => {
  it('asks for every piece that the API cannot give, each with the other way, and rejects nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PROCEDURES), fc.constantFrom(null, '2026-12-20'), fc.subarray([TAX, VIGILANCE]), (procedure, deadline, failed) => {
        const { asked, text } = letterFor(procedure, deadline, failed);
        for (const { label, alternative } of asked) {
          expect(text).toContain(`- ${label}`);
          expect(text).toContain(alternative);
        }
        expect(text).toContain('ne peut pas conduire, à soi seul, à l’écarter');
        expect(text).toContain(deadline === null ? 'dès que possible' : 'avant le 20/12/2026');
        expect(text).toContain(sender.organisation);
      }),
    );
  });

  it('does not ask the company for what a call may still bring', () => {
    expect(letterFor('marches_attribution', null, []).text).not.toContain('Régularité fiscale');
    expect(letterFor('marches_attribution', null, [TAX]).text).toContain('Régularité fiscale');
  });
});
