import type { Agent } from '../../shared/domain/agent';
import { type PieceList, type Procedure, procedureLabels, PROCEDURES, shippedLists, useCaseOfProcedure } from '../../shared/domain/completeness';
import type { RecordEvent } from '../../shared/domain/journal';
import { resourceOfEndpoint, wholeOf } from '../../shared/domain/validity';
import { endpointsForUseCase } from '../../shared/catalogue';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import type { PieceStore } from './piece-store';

export interface PieceListDeps {
  readonly pieces: Pick<PieceStore, 'changedList' | 'saveList' | 'forgetList'>;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

export interface ListInUse {
  readonly list: PieceList;
  /** Null: as shipped. */
  readonly changedBy: string | null;
  readonly changedAt: string | null;
}

export type PieceLists = ReturnType<typeof createPieceLists>;

/** Lists of pieces in use: those that are shipped, or what a responsable made of them. Every change is traced first. */
export function createPieceLists({ pieces, record, clock }: PieceListDeps) {
  const inUse = (procedure: Procedure): ListInUse => pieces.changedList(procedure) ?? { list: shippedLists[procedure], changedBy: null, changedAt: null };
  const trace = (author: Agent, detail: string) => traceOrRefuse(record, { ...by(author), event: 'settings.changed', outcome: 'success', detail });

  return {
    inUse,
    all: (): readonly ListInUse[] => PROCEDURES.map(inUse),
    async save(author: Agent, list: PieceList): Promise<ListInUse> {
      const checked = checkList(list);
      await trace(author, `Liste de pièces modifiée : « ${procedureLabels[list.procedure]} » (${changesBetween(inUse(list.procedure).list, checked)}).`);
      pieces.saveList({ list: checked, changedBy: author.displayName, changedAt: new Date(clock.now()).toISOString() });
      return inUse(list.procedure);
    },
    async restore(author: Agent, procedure: Procedure): Promise<ListInUse> {
      await trace(author, `Liste de pièces revenue au modèle : « ${procedureLabels[procedure]} ».`);
      pieces.forgetList(procedure);
      return inUse(procedure);
    },
  };
}

function checkList(list: PieceList): PieceList {
  const justified = new Set(endpointsForUseCase(useCaseOfProcedure[list.procedure]).map(({ id }) => resourceOfEndpoint(id)));
  const ids = new Set<string>();
  const pieces = list.pieces.map((piece) => {
    const [label, source, alternative] = [piece.label.trim(), piece.source.trim(), piece.alternative.trim()];
    if (label === '') throw fault('Donnez un nom à chaque pièce.');
    if (source === '') throw fault(`Dites d’où vient l’exigence de « ${label} » : un texte, ou le règlement de la procédure.`);
    if (alternative === '') throw fault(`Dites ce que la structure peut envoyer elle-même pour « ${label} » : la lettre le lui indique.`);
    if (piece.resources.some((resource) => !justified.has(wholeOf(resource)))) throw fault(`Une donnée de « ${label} » n’est pas justifiée par ce cas d’usage : retirez-la.`);
    if (ids.has(piece.id)) throw fault(`« ${label} » figure deux fois dans la liste.`);
    ids.add(piece.id);
    return { ...piece, label, source, alternative };
  });
  if (pieces.length === 0) throw fault('Gardez au moins une pièce dans la liste.');
  return { ...list, pieces };
}

function changesBetween(before: PieceList, after: PieceList): string {
  const names = (list: PieceList) => list.pieces.map(({ label }) => label);
  const added = names(after).filter((label) => !names(before).includes(label));
  const removed = names(before).filter((label) => !names(after).includes(label));
  const parts = [
    ...added.map((label) => `ajout de ${label}`),
    ...removed.map((label) => `retrait de ${label}`),
    ...(before.soonDays === after.soonDays ? [] : [`« expire bientôt » à ${after.soonDays} jours`]),
  ];
  return parts.length > 0 ? parts.join(', ') : 'précisions sur les pièces';
}

function fault(message: string): IpcFailure {
  return new IpcFailure('invalid_input', message, 'pieces');
}
