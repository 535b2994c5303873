import type { Agent } from '../shared/domain/agent';
import type { RecordEvent, TracedEvent } from '../shared/domain/journal';
import { IpcFailure } from './ipc-failure';

/** Fails closed: what cannot be traced is not done, and the agent is told so. */
export async function traceOrRefuse(record: RecordEvent, event: TracedEvent): Promise<void> {
  try {
    await record(event);
  } catch {
    throw new IpcFailure(
      'unavailable',
      'Le journal ne peut pas être écrit : rien n’a été fait. Vérifiez l’espace libre du disque puis réessayez ; si le refus persiste, prévenez le responsable.',
    );
  }
}

/** The author of an event, as the journal names him. */
export function by(agent: Pick<Agent, 'id' | 'displayName'> | undefined): Pick<TracedEvent, 'agentId' | 'agentName'> {
  return { agentId: agent?.id ?? null, agentName: agent?.displayName ?? null };
}
