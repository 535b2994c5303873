import type { Session } from '../shared/domain/agent';
import { parisDay } from '../shared/domain/days';
import type { Dossier } from '../shared/domain/dossier';
import type { RecordEvent, TracedEvent } from '../shared/domain/journal';
import { documentFileName } from './documents';
import { saveChunks } from './files/atomic-file';
import { orToldMissed } from './files/file-failure';
import type { PendingFiles } from './files/pending-files';
import type { Handlers } from './ipc';
import { IpcFailure } from './ipc-failure';
import type { Clock } from './storage/clock';

export interface SheetHandlerDeps {
  readonly record: RecordEvent;
  readonly pending: PendingFiles;
  readonly clock: Clock;
  /** Throws an {@link IpcFailure} when this agent may not open this dossier. */
  readonly dossierOf: (session: Session, dossierId: string) => Dossier;
  /** Null when the agent closed the dialog. */
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  /** What the window shows in print, as PDF. */
  readonly printToPdf: () => Promise<Buffer>;
}

/** What leaves the sheet is traced: a print before it leaves; a copy as it is made, since no program can hold back a clipboard. */
export function sheetHandlers(deps: SheetHandlerDeps): Pick<Handlers, 'sheet.print' | 'data.copied'> {
  return {
    'sheet.print': async ({ dossierId, identifier }, { session }) => {
      const dossier = deps.dossierOf(session, dossierId);
      const companyName = dossier.companies.find((company) => company.identifier === identifier)?.name ?? null;
      const day = parisDay(deps.clock.now());
      const path = await deps.askSavePath(documentFileName({ identifier, companyName, fileLabel: 'fiche', day, mediaType: 'application/pdf' }));
      if (path === null) return null;
      const file = { path, event: 'document.printed', what: 'fiche en PDF', dossier } as const;
      const say = (detail: string, outcome?: 'failure') => trace(deps, session, dossier, { identifier, event: file.event, detail, outcome });
      await say(`Fiche imprimée en PDF : ${companyName ?? identifier} (${identifier}).`);
      const save = async () => saveChunks(deps.pending, file, oneChunk(await deps.printToPdf()));
      await orToldMissed(file.what, save, (detail) => say(detail, 'failure'));
      return { path };
    },
    'data.copied': async ({ dossierId, identifier, isPartiallyDiffused, length }, { session }) => {
      const dossier = deps.dossierOf(session, dossierId);
      const mark = isPartiallyDiffused ? ', avec la mention « diffusion partielle »' : '';
      await trace(deps, session, dossier, { identifier, event: 'data.copied', detail: `Donnée de la fiche ${identifier} copiée (${length} caractères)${mark}.` });
      return null;
    },
  };
}

type Said = Pick<TracedEvent, 'identifier' | 'event' | 'detail'> & { readonly outcome?: TracedEvent['outcome'] | undefined };

async function trace(deps: SheetHandlerDeps, session: Session, dossier: Dossier, { outcome = 'success', ...said }: Said): Promise<void> {
  const { id: agentId, displayName: agentName } = session.agent;
  const { id: dossierId, title: dossierTitle, habilitationId } = dossier;
  try {
    await deps.record({ ...said, outcome, agentId, agentName, habilitationId, dossierId, dossierTitle });
  } catch {
    throw new IpcFailure('unavailable', 'L’historique ne peut pas être écrit : rien n’est sorti de la fiche. Vérifiez l’espace libre du disque.');
  }
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
