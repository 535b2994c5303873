import type { Agent } from '../shared/domain/agent';
import type { RecordEvent, TracedEvent } from '../shared/domain/journal';
import type { Handlers } from './ipc';
import { IpcFailure } from './ipc-failure';
import { DataKeyUnavailableError } from './storage/data-key';
import type { KeyRing } from './storage/key-ring';
import { resealAll, type RotationProgress, type RotationResult, type SealedItems } from './storage/key-rotation';
import { by, traceOrRefuse } from './trace';

export interface DataKeyDeps {
  readonly ring: KeyRing;
  readonly kept: readonly SealedItems[];
  readonly record: RecordEvent;
  readonly onProgress: (progress: RotationProgress) => void;
  readonly logError: (place: string, error: unknown) => void;
}

type Channels = 'dataKey.state' | 'dataKey.rotate' | 'dataKey.cancel' | 'dataKey.startAgain';

/** Changing the key of the data at rest: a responsable's act, journalled, that survives a stop at any point. */
export function dataKeyHandlers(deps: DataKeyDeps): { readonly handlers: Pick<Handlers, Channels>; readonly stop: () => Promise<void> } {
  const { ring } = deps;
  let running: { readonly controller: AbortController; readonly ended: Promise<unknown>; progress: RotationProgress } | null = null;

  const rotate = async (agent: Agent): Promise<RotationResult> => {
    if (running) throw new IpcFailure('conflict', 'La clé est déjà en train de changer : attendez la fin, ou arrêtez-la depuis « Réglages ».');
    const problem = ring.problem();
    if (problem) throw new DataKeyUnavailableError(problem);
    const controller = new AbortController();
    const onProgress = (progress: RotationProgress): void => {
      if (running) running.progress = progress;
      deps.onProgress(progress);
    };
    const work = rotateTraced(deps, agent, { signal: controller.signal, onProgress });
    running = { controller, ended: work.catch(() => undefined), progress: { done: 0, total: 0 } };
    try {
      return await work;
    } finally {
      running = null;
    }
  };

  return {
    handlers: {
      'dataKey.state': () => ({ problem: ring.problem(), isUnfinished: running === null && ring.hasFormerKeys(), running: running?.progress ?? null }),
      'dataKey.rotate': (_input, { session }) => rotate(session.agent),
      'dataKey.cancel': () => {
        running?.controller.abort();
        return null;
      },
      'dataKey.startAgain': async (_input, { session }) => {
        const problem = ring.problem();
        if (problem === null) throw new IpcFailure('conflict', 'La clé de ce poste est en place, il n’y a rien à remplacer : continuez votre travail.');
        await traceOrRefuse(deps.record, event(session.agent, 'success', 'Clé des données introuvable : nouvelle clé créée, les données antérieures restent fermées jusqu’au retour de l’ancienne.'));
        ring.addKey();
        return null;
      },
    },
    stop: async () => {
      running?.controller.abort();
      await running?.ended;
    },
  };
}

/** Traced before the new key exists, and once it is alone. */
async function rotateTraced(deps: DataKeyDeps, agent: Agent, options: Parameters<typeof resealAll>[2]): Promise<RotationResult> {
  const isResumed = deps.ring.hasFormerKeys();
  await traceOrRefuse(deps.record, event(agent, 'success', isResumed ? 'Reprise du changement de clé des données.' : 'Changement de clé des données demandé.'));
  try {
    if (!isResumed) deps.ring.addKey();
    const result = await resealAll(deps.ring, deps.kept, options);
    await deps.record(event(agent, 'success', endSentence(result)));
    return result;
  } catch (error) {
    deps.logError('dataKey.rotate', error);
    await deps.record(event(agent, 'failure', 'Changement de clé des données interrompu par le disque : les deux clés restent en service.')).catch(() => undefined);
    throw new IpcFailure('unavailable', 'Le disque a refusé une écriture : le changement de clé s’est arrêté. Rien n’est perdu. Libérez de l’espace, puis reprenez.');
  }
}

function endSentence({ outcome, resealed, unopened }: RotationResult): string {
  if (outcome === 'cancelled') return `Changement de clé des données arrêté par l’agent après ${resealed} éléments : les deux clés restent en service.`;
  const rest = unopened === 0 ? '' : ` ; ${unopened} n’ont pas pu être ouverts et restent tels quels`;
  return `Clé des données changée : ${resealed} éléments chiffrés à nouveau${rest}, ancienne clé effacée.`;
}

function event(agent: Agent, outcome: TracedEvent['outcome'], detail: string): TracedEvent {
  return { event: 'key.changed', outcome, ...by(agent), detail };
}
