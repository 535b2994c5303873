import type { CardChart } from './card-chart';

let previous: Promise<unknown> = Promise.resolve();

/**
 * What draws charts, each caller in its turn and when the screen has nothing else to do: the library measures
 * what it draws, and several charts in one task would hold the screen.
 */
export function chartInTurn(): Promise<typeof CardChart> {
  const turn = previous.then(rest).then(async () => (await import('./card-chart')).CardChart);
  previous = turn.catch(() => undefined);
  return turn;
}

/** A busy screen makes nobody wait for ever. */
const LONGEST_WAIT_MS = 1_000;

function rest(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT_MS }));
}
