import { describe, expect, it } from 'vitest';

import { addDays } from '../../../shared/domain/days';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { todayInFrance } from '../../../renderer/components/today';
import { documentLines, type DossierAct, dossierLine, interruptedLines } from '../../../renderer/features/home/to-do-lines';

const about = { dossierId: 'd1', title: 'Toiture', deadline: addDays(todayInFrance(), 3) };
const line = (act: DossierAct) => dossierLine(act);

describe('what the home page asks', () => {
  it('says how near the deadline is, and what is past it is red', () => {
    expect(line({ ...about, kind: 'deadline' })).toMatchObject({ tone: 'amber', detail: 'Dans 3 jours', screen: { name: 'dossier', dossierId: 'd1' } });
    expect(line({ ...about, deadline: addDays(todayInFrance(), -1), kind: 'deadline' })).toMatchObject({ tone: 'red', detail: expect.stringContaining('Échue') as string });
  });

  it('names two pieces and counts the others', () => {
    expect(line({ ...about, kind: 'expired', pieces: ['A', 'B', 'C', 'D'] }).detail).toBe('Expiré : A, B et 2 autres · échéance : dans 3 jours');
    expect(line({ ...about, deadline: null, kind: 'expiring', pieces: ['A'] }).detail).toBe('Expire bientôt : A');
    expect(line({ ...about, deadline: null, kind: 'incomplete', missing: 1 }).detail).toBe('1 pièce indispensable à réunir');
  });

  it('leads an interrupted call to the sheet of its company, and leaves out what belongs to no dossier', () => {
    const call = { seq: 4, dossierId: 'd1', dossierTitle: 'Toiture', identifier: '29903111200012', companyName: null, provider: 'Urssaf' } as Parameters<typeof interruptedLines>[0][number];
    expect(interruptedLines([call, { ...call, dossierId: null }])).toMatchObject([{ screen: { name: 'company', dossierId: 'd1', identifier: '299031112' }, detail: `Appel interrompu : Urssaf pour ${formatIdentifier('29903111200012')}` }]);
  });

  it('gathers the documents that are awaited, one line a dossier', () => {
    const wanted = { dossierId: 'd1', label: 'Bilan' } as Parameters<typeof documentLines>[0][number];
    expect(documentLines([wanted, wanted, { ...wanted, dossierId: 'd2' }]).map(({ title }) => title)).toEqual(['2 documents à reprendre', '1 document à reprendre']);
  });
});
