import type { Session } from '../../shared/domain/agent';
import type { Dossier } from '../../shared/domain/dossier';
import type { DossierAct } from '../../shared/domain/dossier-act';
import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import type { SuppliedFile } from '../../shared/domain/supplied-file';
import type { StalePiece, SuppliedPiece } from '../../shared/domain/completeness';
import { parisDay } from '../../shared/domain/days';
import { safePart } from '../documents';
import { saveChunks } from '../files/atomic-file';
import { orToldMissed } from '../files/file-failure';
import type { PendingFiles } from '../files/pending-files';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import type { CompletenessReader } from './completeness';
import { assertOpen } from './dossier-rules';
import type { Dossiers } from './dossiers';
import { letterChunks } from './letter';
import type { PieceLists } from './piece-lists';
import type { PieceStore } from './piece-store';

export interface CompletenessHandlerDeps {
  readonly dossiers: Dossiers;
  readonly completenessOf: CompletenessReader;
  readonly toDo: (agent: Session['agent']) => Promise<readonly DossierAct[]>;
  readonly lists: PieceLists;
  readonly pieces: Pick<PieceStore, 'saveSupplied' | 'forgetSupplied'>;
  /** A document that a company handed over. */
  readonly suppliedFileOf: (id: string) => Pick<SuppliedFile, 'dossierId' | 'identifier'> | undefined;
  readonly record: RecordEvent;
  readonly pending: PendingFiles;
  readonly clock: Clock;
  /** Null when the agent closed the dialog. */
  readonly askSavePath: (fileName: string) => Promise<string | null>;
}

type PieceChannels = 'dossiers.supplyPiece' | 'dossiers.withdrawPiece' | 'dossiers.saveLetter';
type Channels = PieceChannels | 'dossiers.completeness' | 'dossiers.toDo' | 'dossiers.setState' | 'completeness.lists' | 'completeness.saveList' | 'completeness.restoreList';

export function completenessHandlers(deps: CompletenessHandlerDeps): Pick<Handlers, Channels> {
  const { dossiers, completenessOf, toDo, lists } = deps;
  return {
    ...pieceHandlers(deps),
    'dossiers.completeness': ({ id }, { session }) => completenessOf(session.agent, dossiers.get(session.agent, id)),
    'dossiers.toDo': (_, { session }) => toDo(session.agent),
    'dossiers.setState': ({ id, state, writtenReason = '' }, { session }) => {
      const dossier = dossiers.get(session.agent, id);
      const stale = state === 'open' || dossier.state !== 'open' ? [] : completenessOf(session.agent, dossier).stale;
      return dossiers.setState(session.agent, id, state, stale.length === 0 ? '' : remarkOn(stale, writtenReason.trim()));
    },
    'completeness.lists': () => lists.all(),
    'completeness.saveList': ({ list }, { session }) => lists.save(session.agent, list),
    'completeness.restoreList': ({ procedure }, { session }) => lists.restore(session.agent, procedure),
  };
}

/** An expired piece never passes for fresh: either it is renewed before the decision, or the agent says why not. */
function remarkOn(stale: readonly StalePiece[], writtenReason: string): string {
  const names = stale.map(({ label, name }) => `${label} (${name})`).join(', ');
  if (writtenReason === '') {
    throw new IpcFailure('conflict', `Des pièces sont expirées : ${names}. Renouvelez-les, ou dites par écrit pourquoi le dossier quitte l’instruction sans elles.`, 'writtenReason');
  }
  return `Pièces expirées : ${names}. Motif : ${writtenReason}`;
}

function pieceHandlers({ dossiers, completenessOf, pieces, suppliedFileOf, record, pending, clock, askSavePath }: CompletenessHandlerDeps): Pick<Handlers, PieceChannels> {
  const labelOf = (session: Session, dossier: Dossier, pieceId: string): string => {
    const piece = completenessOf(session.agent, dossier).list?.pieces.find(({ id }) => id === pieceId);
    if (!piece) throw new IpcFailure('invalid_input', 'Cette pièce n’est plus dans la liste de la procédure : rouvrez le dossier.', 'pieceId');
    return piece.label;
  };
  return {
    'dossiers.supplyPiece': async ({ id, ...supplied }, { session }) => {
      const dossier = writable(dossiers, session, id);
      checkSupplied(dossier, supplied, parisDay(clock.now()));
      if (supplied.fileId !== null) checkStandIn(id, supplied, suppliedFileOf(supplied.fileId));
      await trace(record, session, dossier, 'dossier.changed', `Pièce fournie par la structure ${supplied.identifier} : ${labelOf(session, dossier, supplied.pieceId)}.`);
      pieces.saveSupplied(id, supplied);
      return null;
    },
    'dossiers.withdrawPiece': async ({ id, identifier, pieceId }, { session }) => {
      const dossier = writable(dossiers, session, id);
      await trace(record, session, dossier, 'dossier.changed', `Pièce retirée, que la structure ${identifier} avait fournie : ${labelOf(session, dossier, pieceId)}.`);
      pieces.forgetSupplied(id, identifier, pieceId);
      return null;
    },
    'dossiers.saveLetter': async ({ id, identifier, format, text }, { session }) => {
      const dossier = dossiers.get(session.agent, id);
      const name = nameOf(dossier, identifier);
      const path = await askSavePath(`${[identifier, name, 'courrier', parisDay(clock.now())].map(safePart).join('_')}.${format}`);
      if (path === null) return null;
      const file = { path, event: 'data.exported', what: 'courrier', dossier } as const;
      const about = { ...by(session.agent), event: file.event, dossierId: id, dossierTitle: dossier.title, habilitationId: dossier.habilitationId, identifier, companyName: name };
      await traceOrRefuse(record, { ...about, outcome: 'success', detail: `Courrier à ${name} (${identifier}) enregistré.` });
      await orToldMissed(
        file.what,
        () => saveChunks(pending, file, letterChunks({ dossier, format, text })),
        (detail) => record({ ...about, outcome: 'failure', detail }),
      );
      return { path };
    },
  };
}

function writable(dossiers: Dossiers, session: Session, id: string): Dossier {
  const dossier = dossiers.get(session.agent, id);
  assertOpen(dossier);
  return dossier;
}

function nameOf(dossier: Dossier, identifier: string): string {
  const company = dossier.companies.find((one) => one.identifier === identifier);
  if (!company) throw new IpcFailure('not_found', 'Cette entreprise n’est plus dans le dossier : rouvrez-le.', 'identifier');
  return company.name;
}

function checkSupplied(dossier: Dossier, { identifier, receivedOn, validUntil }: SuppliedPiece, today: string): void {
  nameOf(dossier, identifier);
  if (receivedOn > today) throw new IpcFailure('invalid_input', 'La date de réception est dans le futur : vérifiez-la.', 'receivedOn');
  if (validUntil !== null && validUntil < receivedOn) throw new IpcFailure('invalid_input', 'La fin de validité précède la réception : vérifiez les deux dates.', 'validUntil');
}

/** A document stands for a piece of the company that handed it over, in the dossier where it was dropped. */
function checkStandIn(dossierId: string, { identifier }: SuppliedPiece, file: Pick<SuppliedFile, 'dossierId' | 'identifier'> | undefined): void {
  if (file?.dossierId === dossierId && file.identifier === identifier) return;
  throw new IpcFailure('not_found', 'Ce document n’est plus parmi ceux que la structure a fournis : choisissez-en un autre, ou notez la pièce sans document.', 'fileId');
}

async function trace(record: RecordEvent, session: Session, { id, title, habilitationId }: Dossier, event: TracedEvent['event'], detail: string): Promise<void> {
  await traceOrRefuse(record, { ...by(session.agent), event, outcome: 'success', dossierId: id, dossierTitle: title, habilitationId, detail });
}
