import type { JournalEvent } from '../shared/domain/journal';
import type { ChannelName, ChannelOutput, ChannelParsedInput } from '../shared/ipc';

/** What was read again, as the journal will say it. */
export interface Reading {
  readonly about:
    | { readonly kind: 'company'; readonly dossierId: string; readonly identifier: string }
    | { readonly kind: 'dossier'; readonly dossierId: string }
    | { readonly kind: 'batch'; readonly batchId: string };
  /** French, for the event's sentence. */
  readonly act: string;
}

/**
 * What a channel gives of companies, and the trace that goes before it.
 * - `nothing`: no word of a company.
 * - `inventory`: what the agent wrote or listed himself, and what is kept, under way or due: names, dates, states.
 * - `open`: the open directory of companies, which anybody may read.
 * - `journalled`: its handler leaves this event before it gives anything.
 * - `reading`: kept answers, or what was learnt from them; {@link dispatch} leaves the event, so that no handler can forget it.
 */
export type Given<C extends ChannelName> =
  | { readonly kind: 'nothing' | 'inventory' | 'open' }
  | { readonly kind: 'journalled'; readonly event: JournalEvent }
  | { readonly kind: 'reading'; readonly of: (input: ChannelParsedInput<C>, output: ChannelOutput<C>) => Reading | false };

const nothing = { kind: 'nothing' } as const;
const inventory = { kind: 'inventory' } as const;
const open = { kind: 'open' } as const;

function journalled(event: JournalEvent) {
  return { kind: 'journalled', event } as const;
}

function reading<I, O>(of: (input: I, output: O) => Reading | false) {
  return { kind: 'reading', of } as const;
}

/** Nothing was learnt of a company whose call has not come back. */
function isSettled(item: { readonly settledAt: string | null } | null): boolean {
  return item !== null && item.settledAt !== null;
}

/** Every channel, classified: one that is not does not compile. `docs/data-access.md` is made from it. */
export const dataGiven: { readonly [C in ChannelName]: Given<C> } = {
  'agents.create': nothing,
  'agents.list': nothing,
  'agents.removeSecondFactor': nothing,
  'agents.resetPassword': nothing,
  'agents.setRole': nothing,
  'agents.setState': nothing,
  'app.openLink': nothing,
  'batches.aside': inventory,
  'batches.cancel': inventory,
  'batches.cancelExport': nothing,
  'batches.cancelImport': nothing,
  'batches.cancelCreate': nothing,
  'batches.create': inventory,
  'batches.differences': reading(({ id }, { compared }) => compared > 0 && { about: { kind: 'batch', batchId: id }, act: 'Différences du lot lues' }),
  'batches.export': journalled('data.exported'),
  'batches.exportAside': journalled('data.exported'),
  'batches.fields': inventory,
  'batches.get': inventory,
  'batches.grid': reading(({ id }, { rows }) => rows.some(({ cells }) => cells.some(isSettled)) && { about: { kind: 'batch', batchId: id }, act: 'Grille du lot consultée' }),
  'batches.import': inventory,
  'batches.importAside': inventory,
  'batches.importLines': inventory,
  'batches.items': reading(({ id }, { items }) => items.some(isSettled) && { about: { kind: 'batch', batchId: id }, act: 'Appels du lot consultés' }),
  'batches.list': inventory,
  'batches.pause': inventory,
  'batches.plan': nothing,
  'batches.remove': nothing,
  'batches.resolveAside': inventory,
  'batches.results': reading(({ id }, { results }) => results.some(({ item }) => isSettled(item)) && { about: { kind: 'batch', batchId: id }, act: 'Réponses du lot lues' }),
  'batches.resume': inventory,
  'batches.retryFailed': inventory,
  'batches.setSpeed': inventory,
  'batches.start': inventory,
  'completeness.lists': nothing,
  'completeness.restoreList': nothing,
  'completeness.saveList': nothing,
  'consultation.cancel': nothing,
  'consultation.history': reading(({ dossierId, identifier }, answers) => answers.length > 0 && { about: { kind: 'company', dossierId, identifier }, act: 'Réponses gardées comparées' }),
  'consultation.latest': reading(({ dossierId, identifier }, answers) => answers.length > 0 && { about: { kind: 'company', dossierId, identifier }, act: 'Fiche consultée' }),
  'consultation.preview': nothing,
  'consultation.run': journalled('call.intent'),
  'data.copied': journalled('data.copied'),
  'dataKey.cancel': nothing,
  'dataKey.rotate': nothing,
  'dataKey.startAgain': nothing,
  'dataKey.state': nothing,
  'diagnostics.cancel': nothing,
  'diagnostics.report': nothing,
  'diagnostics.results': nothing,
  'diagnostics.run': nothing,
  'documents.cancel': nothing,
  'documents.dragOut': journalled('document.exported'),
  'documents.fetch': journalled('document.fetched'),
  'documents.forget': nothing,
  'documents.wantAgain': nothing,
  'documents.list': inventory,
  'documents.openOutside': journalled('document.opened'),
  'documents.print': journalled('document.printed'),
  'documents.read': journalled('document.opened'),
  'documents.saveAs': journalled('document.exported'),
  'documents.wanted': inventory,
  'deepLink.take': nothing,
  'dossiers.addCompany': inventory,
  'dossiers.cancelExport': nothing,
  'dossiers.completeness': reading(({ id }, { rows }) => rows.length > 0 && { about: { kind: 'dossier', dossierId: id }, act: 'Grille des pièces consultée' }),
  'dossiers.create': inventory,
  'dossiers.delete': nothing,
  'dossiers.duplicate': inventory,
  'dossiers.export': journalled('data.exported'),
  'dossiers.get': inventory,
  'dossiers.list': inventory,
  'dossiers.removeCompany': nothing,
  'dossiers.saveLetter': journalled('data.exported'),
  'dossiers.setState': inventory,
  'dossiers.supplyPiece': nothing,
  'dossiers.tags': inventory,
  'dossiers.toDo': inventory,
  'dossiers.update': inventory,
  'dossiers.withdrawPiece': nothing,
  'erasure.prepare': nothing,
  'erasure.run': nothing,
  'erasure.cancelSave': nothing,
  'erasure.saveJournal': journalled('workstation.erased'),
  'habilitations.create': nothing,
  'habilitations.list': nothing,
  'habilitations.setAgents': nothing,
  'habilitations.setToken': nothing,
  'habilitations.stopToken': nothing,
  'habilitations.testToken': nothing,
  'habilitations.update': nothing,
  'journal.anchor': nothing,
  'journal.answerAudit': journalled('journal.read'),
  'journal.backUp': journalled('journal.backed_up'),
  'journal.cancelExport': nothing,
  'journal.cancelVerify': nothing,
  'journal.checkBackup': nothing,
  'journal.checkClock': nothing,
  'journal.export': journalled('journal.exported'),
  'journal.known': inventory,
  'journal.previewPurge': nothing,
  'journal.processingRecord': nothing,
  'journal.purge': nothing,
  'journal.restore': nothing,
  'journal.saveAuditAnswer': journalled('journal.exported'),
  'journal.saveProcessingRecord': journalled('data.exported'),
  'journal.sealKey': nothing,
  'journal.search': journalled('journal.read'),
  'journal.statistics': journalled('journal.read'),
  'journal.status': nothing,
  'journal.verify': nothing,
  'network.confirmProxy': nothing,
  'network.setPassphrase': nothing,
  'network.setProxyAccount': nothing,
  'network.state': nothing,
  'pieces.add': journalled('piece.supplied'),
  'pieces.compare': journalled('piece.compared'),
  'pieces.list': inventory,
  'pieces.read': journalled('document.opened'),
  'pieces.remove': nothing,
  'problem.prepare': nothing,
  'problem.save': nothing,
  'problem.screenFailed': nothing,
  'quota.estimate': nothing,
  'quota.snapshot': nothing,
  'reminders.dismiss': nothing,
  'reminders.restore': nothing,
  'reminders.list': inventory,
  'retention.preview': inventory,
  'retention.run': nothing,
  'search.companies': open,
  'search.opened': nothing,
  'search.recent': inventory,
  'session.beginSecondFactor': nothing,
  'session.cancelOidc': nothing,
  'session.changePassword': nothing,
  'session.confirmSecondFactor': nothing,
  'session.createFirstAccount': nothing,
  'session.lock': nothing,
  'session.protection': nothing,
  'session.removeSecondFactor': nothing,
  'session.signIn': nothing,
  'session.signOut': nothing,
  'session.start': nothing,
  'session.startOidc': nothing,
  'session.touch': nothing,
  'session.unlock': nothing,
  'settings.get': nothing,
  'settings.update': nothing,
  'sheet.print': journalled('document.printed'),
  'updates.cancel': nothing,
  'updates.check': nothing,
  'updates.download': nothing,
  'updates.state': nothing,
};

/** What an answered channel has let its caller read again; false when nothing. */
export function readingOf(name: ChannelName, input: unknown, output: unknown): Reading | false {
  const given = dataGiven[name];
  if (given.kind !== 'reading') return false;
  const of = given.of as (input: unknown, output: unknown) => Reading | false;
  return of(input, output);
}
