import { findEndpoint } from '../../../shared/catalogue';
import { type Batch, type BatchItem, ITEM_STATES, itemStateLabels, type ItemState } from '../../../shared/domain/batch';
import type { Dossier } from '../../../shared/domain/dossier';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { instantText } from '../../files/instant-text';
import { drawTable, drawTitle, PAGE_MARGIN, printable } from '../../files/pdf-table';
import { type BatchReading, itemPagesOf } from './reading';

export interface SummaryContents {
  readonly batch: Batch;
  readonly dossier: Dossier;
  readonly author: string;
  readonly workstation: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly journalHead: { readonly seq: number; readonly hash: string };
  /** Calls of an endpoint in a state. */
  readonly countOf: (endpointId: string, state: ItemState) => number;
}

type Pdf = PDFKit.PDFDocument;

/** Calls without data that are listed one by one; the workbook has them all. */
const MAX_LISTED = 500;
const WITHOUT_DATA: readonly ItemState[] = ['failed', 'refused', 'unknown', 'absent'];
const COLUMNS_WIDTH = 511;

/** What was asked, for whom and why; what came, what did not and for which reason; and where the journal stood. */
export async function* summaryChunks(reading: BatchReading, contents: SummaryContents, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({ size: 'A4', margin: PAGE_MARGIN, info: { Title: `Synthèse du lot — ${contents.batch.title}`, Producer: 'Instruire' } });
  const { rows, omitted } = await callsWithoutData(reading, contents.batch, signal);
  writeHeading(pdf, contents);
  writeCounts(pdf, contents);
  writeCalls(pdf, rows, omitted);
  writeProof(pdf, contents);
  pdf.end();
  for await (const chunk of pdf) yield chunk as Buffer;
}

async function callsWithoutData(reading: BatchReading, { id }: Batch, signal: AbortSignal): Promise<{ readonly rows: readonly BatchItem[]; readonly omitted: number }> {
  const rows: BatchItem[] = [];
  let omitted = 0;
  for (const state of WITHOUT_DATA) {
    for await (const page of itemPagesOf(reading, id, state, signal)) {
      const room = Math.max(0, MAX_LISTED - rows.length);
      rows.push(...page.slice(0, room));
      omitted += Math.max(0, page.length - room);
    }
  }
  return { rows, omitted };
}

function writeHeading(pdf: Pdf, { batch, dossier, author, workstation, now }: SummaryContents): void {
  pdf.font('Helvetica-Bold').fontSize(16).text(printable(batch.title));
  pdf.font('Helvetica').fontSize(9).text(printable(`Synthèse établie le ${instantText(now)} par ${author}, sur le poste ${workstation}.`));
  pdf.moveDown();
  const facts = [
    ['Dossier', dossier.title],
    ['Contexte', dossier.context],
    ['Destinataire', formatIdentifier(dossier.recipient)],
    ['Objet', dossier.object],
    ['Appels au nom de', batch.agentName],
    ['Lignes de la liste', `${batch.lineCount} appelées, ${batch.asideCount} mises de côté`],
    ['Départ', batch.startedAt === null ? 'pas encore parti' : instantText(Date.parse(batch.startedAt))],
    ['Fin', batch.endedAt === null ? 'pas encore terminé' : instantText(Date.parse(batch.endedAt))],
  ] as const;
  for (const [label, value] of facts) pdf.fontSize(10).font('Helvetica-Bold').text(printable(`${label} : `), { continued: true }).font('Helvetica').text(printable(value));
}

function writeCounts(pdf: Pdf, { batch, countOf }: SummaryContents): void {
  drawTitle(pdf, 'Résultats par donnée');
  const states = ITEM_STATES.filter((state) => batch.counts[state] > 0);
  const width = Math.min(64, (COLUMNS_WIDTH - 180) / Math.max(1, states.length));
  const rows = batch.choice.endpointIds.map((endpointId) => [titleOf(endpointId), ...states.map((state) => String(countOf(endpointId, state)))]);
  drawTable(pdf, ['Donnée', ...states.map((state) => itemStateLabels[state])], rows, [COLUMNS_WIDTH - width * states.length, ...states.map(() => width)]);
}

function writeCalls(pdf: Pdf, calls: readonly BatchItem[], omitted: number): void {
  if (calls.length === 0) return;
  drawTitle(pdf, 'Appels sans donnée');
  const rows = calls.map(({ lineNumber, identifier, endpointId, state, error, note }) => [String(lineNumber), formatIdentifier(identifier), titleOf(endpointId), itemStateLabels[state], error?.message ?? note ?? '']);
  drawTable(pdf, ['Ligne', 'Entreprise', 'Donnée', 'État', 'Motif'], rows, [38, 92, 120, 64, 197]);
  if (omitted > 0) pdf.fontSize(9).text(printable(`Et ${omitted} autres : le classeur les donne tous.`));
}

function writeProof(pdf: Pdf, { journalHead }: SummaryContents): void {
  drawTitle(pdf, 'Historique des accès');
  pdf.fontSize(9).text(printable(`Chaque appel est une ligne de l’historique de ce poste. Tête de l’historique : ligne ${journalHead.seq}, empreinte ${journalHead.hash}.`));
}

function titleOf(endpointId: string): string {
  return findEndpoint(endpointId)?.title ?? endpointId;
}
