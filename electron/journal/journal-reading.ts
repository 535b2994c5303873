import type { JournalFilter } from '../../shared/domain/journal';
import { createAccesses } from '../accesses';
import type { CallContext } from '../ipc';
import type { Clock } from '../storage/clock';
import { describeFilter, type FilterNames, linesText, othersText } from './filter-words';
import type { Journal } from './journal';
import type { LineOwner } from './search';

/** What was shown of the journal. */
export interface JournalReading {
  /** French, how the event's sentence begins. */
  readonly act: string;
  readonly filter: JournalFilter;
  readonly names?: FilterNames | undefined;
  readonly owners: readonly LineOwner[];
  /** Lines that match, those further down the list too. */
  readonly lineCount: number;
}

/** Leaves the event before lines are given; throws a {@link JournalWriteError} when it cannot: they are then not shown. */
export type TraceJournalReading = (context: CallContext, reading: JournalReading) => Promise<void>;

/**
 * Reading what other agents did is an access to their data, hence an event; reading one's own lines is not. One event a
 * filter, access and people whose lines match: neither the next page of a list nor its refresh leaves another, so that a
 * search which shows its own event does not feed itself; lines of somebody new do.
 */
export function createJournalReadingTrace({ journal, clock }: { readonly journal: Journal; readonly clock: Clock }): TraceJournalReading {
  const traceOnce = createAccesses(clock);
  return async ({ session }, { act, filter, names = {}, owners, lineCount }) => {
    const { agent, signedInAt } = session;
    const others = owners.filter(({ id }) => id !== agent.id);
    if (others.length === 0) return;
    await traceOnce([agent.id, signedInAt, act, filter, others.map(({ id }) => id)], () =>
      journal.record({
        event: 'journal.read',
        agent: { id: agent.id, displayName: agent.displayName },
        dossierId: filter.dossierId,
        identifier: filter.identifier,
        detail: `${act}\u00a0: ${linesText(lineCount)}. ${othersText(others)}. Filtre\u00a0: ${describeFilter(filter, names)}.`,
        data: { lineCount, agentCount: others.length },
      }),
    );
  };
}
