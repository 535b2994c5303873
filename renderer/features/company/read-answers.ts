import type { Answer } from '../../../shared/domain/consultation';
import { type CardModel, type CompanyHeader, companyHeader, isPartiallyDiffused, readCard } from '../../../shared/reading';

/** An answer never changes: what is read from it is read once, not at each new state of its neighbours. */
function readOnce<T>(read: (answer: Answer) => T): (answer: Answer) => T {
  const known = new WeakMap<Answer, { readonly value: T }>();
  return (answer) => {
    const found = known.get(answer) ?? { value: read(answer) };
    known.set(answer, found);
    return found.value;
  };
}

const cards = new WeakMap<Answer, CardModel>();

export function cardOf(answer: Answer, path: string): CardModel {
  const card = cards.get(answer) ?? readCard(answer, path);
  cards.set(answer, card);
  return card;
}

/** What this answer alone tells of the company. */
export const headerAlone: (answer: Answer) => CompanyHeader = readOnce((answer) => companyHeader([answer]));

export const isAnswerPartiallyDiffused: (answer: Answer) => boolean = readOnce(({ data }) => isPartiallyDiffused(data));
