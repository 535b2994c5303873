import { describe, expect, it } from 'vitest';

import { learnedName, offeredHeadOffice } from '../../../renderer/features/company/learned-identity';
import type { Siret } from '../../../shared/domain/identifiers';

const SIREN = '299028209';
const SIRET = '29902820900011' as Siret;

function headOfficeAnswer(siret: string | null) {
  return { endpointId: 'insee.siege_social.v4', data: { siret } };
}

describe('a company that has its number for a name', () => {
  it.each(['299 028 209', '299\u00a0028\u00a0209', '299028209'])('takes the name that a call tells, in place of « %s »', (name) => {
    expect(learnedName({ identifier: SIREN, siret: null, name }, 'ATELIERS DU VALLON BLEU')).toBe('ATELIERS DU VALLON BLEU');
    expect(learnedName({ identifier: SIREN, siret: null, name }, null)).toBeNull();
    expect(learnedName({ identifier: SIREN, siret: null, name }, ' ')).toBeNull();
  });

  it('takes it too where its SIRET stood for it, or its RNA number', () => {
    expect(learnedName({ identifier: SIREN, siret: SIRET, name: '299 028 209 00011' }, 'VALLON')).toBe('VALLON');
    expect(learnedName({ identifier: 'W123456789', siret: null, name: 'W123456789' }, 'LES AMIS')).toBe('LES AMIS');
  });

  it('keeps a name that it already has', () => {
    expect(learnedName({ identifier: SIREN, siret: null, name: 'VALLON BLEU' }, 'ATELIERS DU VALLON BLEU')).toBeNull();
  });
});

describe('the head office that the register tells', () => {
  it('is offered to a company without an establishment', () => {
    expect(offeredHeadOffice({ identifier: SIREN, siret: null }, [headOfficeAnswer(SIRET)])).toBe(SIRET);
  });

  it('is not offered to one that has an establishment, nor to another company, nor before any answer', () => {
    expect(offeredHeadOffice({ identifier: SIREN, siret: SIRET }, [headOfficeAnswer(SIRET)])).toBeNull();
    expect(offeredHeadOffice({ identifier: '299031112', siret: null }, [headOfficeAnswer(SIRET)])).toBeNull();
    expect(offeredHeadOffice({ identifier: SIREN, siret: null }, [headOfficeAnswer(null)])).toBeNull();
    expect(offeredHeadOffice({ identifier: SIREN, siret: null }, [])).toBeNull();
  });
});
