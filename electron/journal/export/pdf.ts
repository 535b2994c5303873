import { finished } from 'node:stream/promises';

import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';

import { providerLabelOf } from '../../../shared/catalogue';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { journalEventLabels, type JournalLine, journalOutcomeLabels } from '../../../shared/domain/journal';
import { printable } from '../../files/pdf-table';
import { frenchWallClock } from '../../files/wall-clock';
import { describeFilter } from '../filter-words';
import { endpointTitle, serviceCode } from './columns';
import type { ExportSource } from './source';

const MARGIN = 36;
const PAGE_WIDTH = 841.89;
const PAGE_HEIGHT = 595.28;
const FONT_SIZE = 7;
const LINE_HEIGHT = 9;
const ROW_LINES = 2;
const ROW_HEIGHT = LINE_HEIGHT * ROW_LINES + 4;
const HEADINGS_HEIGHT = LINE_HEIGHT + 7;
const BOTTOM = PAGE_HEIGHT - MARGIN - 14;
const QR_SIZE = 110;
const PROOF_HEIGHT = QR_SIZE + 40;

interface PdfColumn {
  readonly title: string;
  readonly width: number;
  readonly value: (line: JournalLine) => string;
}

const said = (...values: readonly (string | number | null)[]) => values.filter((value) => value !== null && value !== '').join(' · ');

const columns: readonly PdfColumn[] = [
  { title: 'N°', width: 36, value: (line) => String(line.seq) },
  { title: 'Date, heure', width: 46, value: (line) => frenchWallClock(line.at) },
  { title: 'Agent, poste', width: 84, value: (line) => said(line.agentName, line.workstation) },
  { title: 'Événement, donnée', width: 110, value: (line) => said(journalEventLabels[line.event], endpointTitle(line), line.provider && providerLabelOf(line.provider)) },
  { title: 'Entreprise', width: 106, value: (line) => said(line.identifier && formatIdentifier(line.identifier), line.companyName) },
  { title: 'Dossier', width: 104, value: (line) => line.dossierTitle ?? '' },
  // The object says why, and which: it is never what a long text pushes out.
  { title: 'Objet, contexte', width: 82, value: (line) => said(line.object, line.context) },
  { title: 'Résultat', width: 58, value: (line) => said(journalOutcomeLabels[line.outcome], line.httpStatus, serviceCode(line)) },
  { title: 'Requête, précision', width: 143, value: (line) => [line.requestId, line.detail].filter((value) => value !== null).join('\n') },
];

/** A paged document for reading and filing; memory holds one page at a time. */
export async function* pdfChunks(source: ExportSource): AsyncGenerator<Buffer> {
  const document = new PDFDocument({ size: 'A4', layout: 'landscape', margin: MARGIN, autoFirstPage: false, info: { Title: 'Historique des accès', Creator: 'Instruire' } });
  const writing = writePages(document, source);
  // The stream below ends with an error of its own; this one is awaited after it.
  writing.catch((error: unknown) => document.destroy(error as Error));
  for await (const chunk of document) yield chunk as Buffer;
  await writing;
}

type Page = { number: number; y: number; total: number };

async function writePages(document: PDFKit.PDFDocument, source: ExportSource): Promise<void> {
  const page: Page = { number: 0, y: 0, total: 0 };
  document.addPage();
  writeTitle(document, page, source);
  page.total = countPages(page.y + HEADINGS_HEIGHT, source);
  numberPage(document, page);
  writeHeadings(document, page);
  for await (const lines of source.lines()) {
    for (const line of lines) writeRow(document, page, line);
    await drained(document);
  }
  writeUnknown(document, page, source);
  await writeProof(document, page, source);
  document.end();
}

/** Pages in all, known before they are written: a page leaves the memory once it is full. The blocks are those written below. */
function countPages(top: number, { slots, request }: ExportSource): number {
  let [count, y] = [1, top];
  const place = (height: number, headings = 0): void => {
    if (y + height > BOTTOM) [count, y] = [count + 1, MARGIN + headings];
    y += height;
  };
  for (let row = 0; row < slots.length; row += 1) place(ROW_HEIGHT, HEADINGS_HEIGHT);
  const unknownCount = request.audit?.unknownRequestIds.length ?? 0;
  if (unknownCount > 0) y += LINE_HEIGHT;
  for (let line = 0; unknownCount > 0 && line <= unknownCount; line += 1) place(LINE_HEIGHT);
  place(PROOF_HEIGHT);
  return count;
}

/** Waits until what is written was read, so that pages do not pile up in memory. */
async function drained(document: PDFKit.PDFDocument): Promise<void> {
  while (document.readableLength > document.readableHighWaterMark && !document.destroyed) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (document.destroyed) await finished(document);
}

function addPage(document: PDFKit.PDFDocument, page: Page): void {
  document.addPage();
  page.y = MARGIN;
  numberPage(document, page);
}

function numberPage(document: PDFKit.PDFDocument, page: Page): void {
  page.number += 1;
  document.font('Helvetica').fontSize(FONT_SIZE).fillColor('#555555');
  document.text(`Page ${page.number} sur ${page.total}`, MARGIN, PAGE_HEIGHT - MARGIN - LINE_HEIGHT, { width: PAGE_WIDTH - 2 * MARGIN, align: 'right', lineBreak: false });
  document.fillColor('#000000');
}

function writeTitle(document: PDFKit.PDFDocument, page: Page, { request, slots }: ExportSource): void {
  const instant = frenchWallClock(new Date(request.generatedAt).toISOString());
  document.font('Helvetica-Bold').fontSize(14).text(request.audit ? 'Réponse à un contrôle' : 'Historique des accès', MARGIN, MARGIN);
  document.font('Helvetica').fontSize(9);
  document.text(printable(`Établi le ${instant}. ${slots.length.toLocaleString('fr-FR')} ligne${slots.length > 1 ? 's' : ''}. Filtre\u00a0: ${describeFilter(request.filter, request.filterNames ?? {})}.`), MARGIN, MARGIN + 20, { width: PAGE_WIDTH - 2 * MARGIN });
  page.y = document.y + 8;
}

function writeHeadings(document: PDFKit.PDFDocument, page: Page): void {
  document.font('Helvetica-Bold').fontSize(FONT_SIZE);
  writeCells(document, page.y, (column) => column.title);
  page.y += HEADINGS_HEIGHT;
  document.moveTo(MARGIN, page.y - 5).lineTo(PAGE_WIDTH - MARGIN, page.y - 5).lineWidth(0.5).stroke('#888888');
  document.font('Helvetica');
}

function writeRow(document: PDFKit.PDFDocument, page: Page, line: JournalLine): void {
  if (page.y + ROW_HEIGHT > BOTTOM) {
    addPage(document, page);
    writeHeadings(document, page);
  }
  document.font('Helvetica').fontSize(FONT_SIZE);
  writeCells(document, page.y, (column) => column.value(line));
  page.y += ROW_HEIGHT;
}

function writeCells(document: PDFKit.PDFDocument, y: number, value: (column: PdfColumn) => string): void {
  let x = MARGIN;
  for (const column of columns) {
    document.text(printable(value(column)), x, y, { width: column.width - 4, height: LINE_HEIGHT * ROW_LINES, ellipsis: true });
    x += column.width;
  }
}

/** The request ids asked about that no line carries, so that silence is not taken for an answer. */
function writeUnknown(document: PDFKit.PDFDocument, page: Page, { request }: ExportSource): void {
  const unknown = request.audit?.unknownRequestIds ?? [];
  if (unknown.length === 0) return;
  const write = (text: string) => {
    if (page.y + LINE_HEIGHT > BOTTOM) addPage(document, page);
    document.font('Helvetica').fontSize(FONT_SIZE).text(printable(text), MARGIN, page.y, { width: PAGE_WIDTH - 2 * MARGIN, lineBreak: false });
    page.y += LINE_HEIGHT;
  };
  page.y += LINE_HEIGHT;
  write(`${unknown.length} identifiants inconnus de l’historique de ce poste\u00a0:`);
  for (const requestId of unknown) write(requestId);
}

/** The head and its seal, as text and as a QR code, to compare one day with the journal or another export. */
async function writeProof(document: PDFKit.PDFDocument, page: Page, { head, lastSeal }: ExportSource): Promise<void> {
  if (page.y + PROOF_HEIGHT > BOTTOM) addPage(document, page);
  const proof = lastSeal?.seq === head.seq ? { seq: head.seq, hash: head.hash, signature: lastSeal.signature } : { seq: head.seq, hash: head.hash };
  const image = await QRCode.toBuffer(JSON.stringify(proof), { errorCorrectionLevel: 'M', margin: 1, scale: 4 });
  document.image(image, MARGIN, page.y + 12, { width: QR_SIZE });
  const words = [
    `Tête de l’historique\u00a0: ligne ${head.seq}`,
    `Empreinte\u00a0: ${head.hash}`,
    lastSeal ? `Sceau (ligne ${lastSeal.seq})\u00a0: ${lastSeal.signature}` : 'Aucun sceau.',
    lastSeal ? `Clé publique\u00a0: ${lastSeal.publicKey}` : '',
    'La chaîne prouve l’ordre et le contenu des lignes jusqu’à cette tête. Seul un témoin extérieur fixe sa date.',
  ];
  document.font('Helvetica').fontSize(8).text(printable(words.join('\n')), MARGIN + QR_SIZE + 14, page.y + 16, { width: PAGE_WIDTH - 2 * MARGIN - QR_SIZE - 14 });
}
