import type { Answer } from '../../../shared/domain/consultation';

type DatedAnswer = Pick<Answer, 'endpointId' | 'identifier' | 'parameters' | 'receivedAt'>;

/** Answers received this close to each other belong to one reading of the sheet… */
const ONE_READING_MS = 60_000;

/** Moments at which the sheet was read, newest first: the last answer of each reading. */
export function momentsOf(history: readonly DatedAnswer[]): string[] {
  const moments: string[] = [];
  let asked = new Set<string>();
  let previous: string | undefined;
  for (const answer of [...history].sort(byInstant)) {
    const key = callKey(answer);
    // …unless a data was asked again: its two answers are two states of the sheet.
    const isNewReading = previous !== undefined && (asked.has(key) || Date.parse(answer.receivedAt) - Date.parse(previous) > ONE_READING_MS);
    if (isNewReading && previous !== undefined) moments.push(previous);
    if (isNewReading) asked = new Set();
    asked.add(key);
    previous = answer.receivedAt;
  }
  return (previous === undefined ? moments : [...moments, previous]).reverse();
}

/** The sheet as it stood: the newest answer of each endpoint, identifier and parameters not after `moment`. */
export function sheetAt<A extends DatedAnswer>(history: readonly A[], moment: string): Map<string, A> {
  const upTo = [...history].sort(byInstant).filter(({ receivedAt }) => receivedAt <= moment);
  return new Map(upTo.map((answer) => [callKey(answer), answer]));
}

function byInstant(one: DatedAnswer, other: DatedAnswer): number {
  return one.receivedAt < other.receivedAt ? -1 : Number(one.receivedAt > other.receivedAt);
}

function callKey({ endpointId, identifier, parameters }: DatedAnswer): string {
  return `${endpointId} ${identifier} ${JSON.stringify(Object.entries(parameters).sort())}`;
}
