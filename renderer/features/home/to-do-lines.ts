import { formatIdentifier } from '../../../shared/domain/identifiers';
import type { ChannelOutput } from '../../../shared/ipc';
import type { Screen } from '../../app/navigation';
import { daysUntil, nearDayText } from '../../components/today';
import type { TokenNotice } from '../habilitations/token-notice-words';

export type DossierAct = ChannelOutput<'dossiers.toDo'>[number];
type InterruptedCall = ChannelOutput<'journal.search'>['lines'][number];
type WantedDocument = ChannelOutput<'documents.wanted'>[number];

/** One thing to do today, and the screen where it is done. */
export interface ToDoLine {
  readonly id: string;
  readonly kind: DossierAct['kind'] | 'token' | 'interrupted' | 'document';
  readonly tone: 'red' | 'amber' | 'ink';
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  readonly screen: Screen;
}

const NAMED_PIECES = 2;

export function dossierLine(act: DossierAct): ToDoLine {
  const { dossierId, title, deadline, kind } = act;
  const due = deadline === null ? '' : ` · échéance : ${nearDayText(deadline, daysUntil(deadline)).toLowerCase()}`;
  const line = { id: `${kind} ${dossierId}`, kind, title, screen: { name: 'dossier', dossierId } } as const;
  switch (kind) {
    case 'deadline':
      return { ...line, tone: deadline !== null && daysUntil(deadline) < 0 ? 'red' : 'amber', detail: deadline === null ? '' : nearDayText(deadline, daysUntil(deadline)), action: 'Ouvrir' };
    case 'expired':
      return { ...line, tone: 'red', detail: `Expiré : ${namesOf(act.pieces)}${due}`, action: 'Renouveler' };
    case 'expiring':
      return { ...line, tone: 'amber', detail: `Expire bientôt : ${namesOf(act.pieces)}${due}`, action: 'Renouveler' };
    case 'incomplete':
      return { ...line, tone: 'ink', detail: `${act.missing} pièce${act.missing > 1 ? 's' : ''} indispensable${act.missing > 1 ? 's' : ''} à réunir${due}`, action: 'Compléter' };
  }
}

function namesOf(pieces: readonly string[]): string {
  const others = pieces.length - NAMED_PIECES;
  return `${pieces.slice(0, NAMED_PIECES).join(', ')}${others > 0 ? ` et ${others} autre${others > 1 ? 's' : ''}` : ''}`;
}

export function tokenLine({ id, habilitationId, tone, message }: TokenNotice): ToDoLine {
  return { id: `token ${id}`, kind: 'token', tone, title: 'Jeton', detail: message, action: 'Voir', screen: { name: 'habilitation', habilitationId } };
}

/** A call without an outcome: nobody knows whether the service answered, so it is made again. */
export function interruptedLines(calls: readonly InterruptedCall[]): readonly ToDoLine[] {
  return calls.flatMap(({ seq, dossierId, dossierTitle, identifier, companyName, provider }) => {
    if (dossierId === null || identifier === null) return [];
    const company = companyName ?? formatIdentifier(identifier);
    const screen: Screen = { name: 'company', dossierId, identifier: /^\d{14}$/.test(identifier) ? identifier.slice(0, 9) : identifier };
    return [{ id: `interrupted ${seq}`, kind: 'interrupted', tone: 'ink', title: dossierTitle ?? 'Dossier', detail: `Appel interrompu : ${provider ?? 'fournisseur'} pour ${company}`, action: 'Relancer', screen }];
  });
}

/** Documents asked for and not received, one line a dossier. */
export function documentLines(wanted: readonly WantedDocument[]): readonly ToDoLine[] {
  return [...new Set(wanted.map(({ dossierId }) => dossierId))].map((dossierId) => {
    const own = wanted.filter((one) => one.dossierId === dossierId);
    const names = namesOf(own.map(({ label }) => label));
    return { id: `document ${dossierId}`, kind: 'document', tone: 'ink', title: `${own.length} document${own.length > 1 ? 's' : ''} à reprendre`, detail: names, action: 'Reprendre', screen: { name: 'documents', dossierId } };
  });
}
