import type { Consult } from '../consultation';
import { ConsultationError } from '../consultation/ports';
import type { Clock } from '../storage/clock';
import type { ReminderStore } from './reminder-store';

export interface RemindingOptions {
  readonly consult: Consult;
  readonly reminders: Pick<ReminderStore, 'keep' | 'clear'>;
  readonly clock: Clock;
  readonly logError: (place: string, error: unknown) => void;
}

/**
 * A wait that the service itself tells, and that nobody can spend in front of a screen, is kept as a reminder; an
 * answer clears it. The wait of our own counters (quota, breakers, ban) is none: it ends by itself.
 */
export function remindingConsult({ consult, reminders, clock, logError }: RemindingOptions): Consult {
  const keepWith = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      logError('reminders', error);
    }
  };
  return async (request, agent, options) => {
    try {
      const answer = await consult(request, agent, options);
      keepWith(() => reminders.clear(request));
      return answer;
    } catch (error) {
      if (error instanceof ConsultationError) {
        const { retry, status, code } = error.apiError;
        if (retry.rule === 'remind' && status !== null) {
          const dueAt = new Date(clock.now() + retry.seconds * 1_000).toISOString();
          keepWith(() => reminders.keep(request, { dueAt, status, code }));
        }
      }
      throw error;
    }
  };
}
