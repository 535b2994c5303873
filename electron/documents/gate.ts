import { errorOf } from '../../shared/errors';
import { ConsultationError } from '../consultation/ports';

/** Runs a work when its turn comes. @throws {ConsultationError} when cancelled while it waited. */
export type Gate = <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;

/** Lets so many works through at once; the others wait in order. */
export function createGate(atOnce: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const leave = (): void => {
    inside -= 1;
    // All look again, in order: those who were cancelled meanwhile take no place.
    for (const look of waiting.splice(0)) look();
  };
  return async (signal, work) => {
    while (inside >= atOnce && !signal.aborted) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (signal.aborted) throw new ConsultationError(errorOf('cancelled'));
    inside += 1;
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
