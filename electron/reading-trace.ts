import type { Session } from '../shared/domain/agent';
import type { Dossier } from '../shared/domain/dossier';
import type { RecordEvent, TracedEvent } from '../shared/domain/journal';
import { createAccesses } from './accesses';
import type { Reading } from './data-given';
import { IpcFailure } from './ipc-failure';
import type { Clock } from './storage/clock';
import { by } from './trace';

export interface ReadingTraceDeps {
  readonly record: RecordEvent;
  readonly clock: Clock;
  readonly findDossier: (id: string) => Dossier | undefined;
  readonly findBatch: (id: string) => { readonly dossierId: string; readonly title: string } | undefined;
}

/** Leaves the event of a reading. Throws an {@link IpcFailure} when it cannot: the data is then not shown. */
export type TraceReading = (session: Session, reading: Reading) => Promise<void>;

/** One event an access: a sheet asks for its parts one by one, and a grid that is watched is read again and again. */
export function createReadingTrace(deps: ReadingTraceDeps): TraceReading {
  const traceOnce = createAccesses(deps.clock);

  return async (session, reading) => {
    const event = eventOf(deps, session, reading);
    try {
      await traceOnce([session.agent.id, session.signedInAt, event.dossierId, event.identifier, event.detail], () => deps.record(event));
    } catch {
      throw new IpcFailure(
        'unavailable',
        'L’historique ne peut pas être écrit : ces données restent fermées. Vérifiez l’espace libre du disque puis réessayez ; si le refus persiste, prévenez le responsable.',
      );
    }
  };
}

function eventOf(deps: ReadingTraceDeps, { agent }: Session, { about, act }: Reading): TracedEvent {
  const batch = about.kind === 'batch' ? deps.findBatch(about.batchId) : undefined;
  const dossierId = about.kind === 'batch' ? batch?.dossierId : about.dossierId;
  const dossier = dossierId === undefined ? undefined : deps.findDossier(dossierId);
  const dossierPart = dossier ? { dossierId: dossier.id, dossierTitle: dossier.title, habilitationId: dossier.habilitationId } : {};
  const common = { ...by(agent), ...dossierPart, event: 'data.read', outcome: 'success' } as const;
  if (about.kind === 'company') return { ...common, ...companyOf(dossier, about.identifier), detail: `${act}.` };
  return { ...common, detail: batch ? `${act} : ${batch.title}.` : `${act}.` };
}

/** An establishment is read on the sheet of its company: a SIRET begins with its SIREN. */
function companyOf(dossier: Dossier | undefined, asked: string): Pick<TracedEvent, 'identifier' | 'companyName'> {
  const known = dossier?.companies.find(({ identifier }) => identifier === asked || (/^\d{9}/.test(identifier) && identifier.slice(0, 9) === asked.slice(0, 9)));
  return known ? { identifier: known.identifier, companyName: known.name } : { identifier: asked };
}
