import type { Answer } from '../../../shared/domain/consultation';

type DatedAnswer = Pick<Answer, 'endpointId' | 'identifier' | 'parameters' | 'receivedAt'>;

/** Answers received within this time of each other belong to one reading of the sheet. */
const ONE_READING_MS = 60_000;

/** Moments at which the sheet was read, newest first: the last answer of each reading. */
export function momentsOf(history: readonly DatedAnswer[]): string[] {
  const instants = history.map(({ receivedAt }) => receivedAt).sort().reverse();
  const moments: string[] = [];
  let previous: string | undefined;
  for (const instant of instants) {
    if (previous === undefined || Date.parse(previous) - Date.parse(instant) > ONE_READING_MS) moments.push(instant);
    previous = instant;
  }
  return moments;
}

/** The sheet as it stood: the newest answer of each endpoint, identifier and parameters not after `moment`. */
export function sheetAt<A extends DatedAnswer>(history: readonly A[], moment: string): Map<string, A> {
  const sheet = new Map<string, A>();
  for (const answer of history) {
    const key = `${answer.endpointId} ${answer.identifier} ${JSON.stringify(Object.entries(answer.parameters).sort())}`;
    const known = sheet.get(key);
    if (answer.receivedAt <= moment && (!known || known.receivedAt < answer.receivedAt)) sheet.set(key, answer);
  }
  return sheet;
}
