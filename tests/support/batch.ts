import { type Batch, ITEM_STATES } from '../../shared/domain/batch';

/** A batch under way, made up. */
export function batchOf(changes: Partial<Batch> = {}): Batch {
  const counts = { ...(Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as Record<(typeof ITEM_STATES)[number], number>), total: 0 };
  return {
    ...{ id: 'b', title: 'Lot', dossierId: 'd', listId: 'l', previousId: null, lineCount: 1, asideCount: 0, speed: 100, counts },
    choice: { endpointIds: [], parameters: {}, withDocuments: false, writtenReason: null },
    schedule: { startAt: null, hours: null, recurrence: null },
    ...{ state: 'running', pauseReason: null, pauseMessage: null, resumesAt: null, agentId: 'a', agentName: 'Camille' },
    ...{ createdAt: '', startedAt: '2026-11-25T10:00:00Z', endedAt: null, nextRunAt: null },
    ...changes,
  };
}
