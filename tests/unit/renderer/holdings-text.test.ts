import { expect, it } from 'vitest';

import { holdingsText } from '../../../renderer/features/retention/holdings-text';

const nothing = { documents: 0, answers: 0, suppliedFiles: 0, batches: 0 };

it('what a dossier holds is told without what it does not hold', () => {
  expect(holdingsText({ ...nothing, documents: 3, answers: 12, suppliedFiles: 1 })).toBe('3 documents, 12 réponses, 1 document fourni');
  expect(holdingsText({ ...nothing, answers: 1 })).toBe('1 réponse');
  expect(holdingsText(nothing)).toBe('aucune donnée');
});
