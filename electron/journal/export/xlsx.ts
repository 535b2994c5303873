import { PassThrough, Readable } from 'node:stream';

import { ZipFile } from 'yazl';

import type { JournalLine } from '../../../shared/domain/journal';
import { type ExportColumn, exportColumns } from './columns';
import type { ExportSource } from './source';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Rows that one sheet can hold, less its heading (Excel specifications). */
const SHEET_ROWS = 1_048_575;
const HEADING_STYLE = 1;
const INSTANT_STYLE = 2;
const DAY_MS = 86_400_000;
/** Days from the origin of Excel's dates to the Unix epoch. */
const EXCEL_EPOCH_DAYS = 25_569;

const fixedFiles: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf fontId="0"/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

/** A workbook written as it is read: memory does not grow with the number of lines. */
export async function* xlsxChunks(source: ExportSource): AsyncGenerator<Buffer> {
  if (source.slots.length > SHEET_ROWS) throw new RangeError('too many lines for one sheet');
  const zip = new ZipFile();
  const failure = new PassThrough();
  for (const [name, content] of Object.entries(fixedFiles)) zip.addBuffer(Buffer.from(content, 'utf8'), name);
  zip.addBuffer(Buffer.from(workbook(source.slots.length + 1), 'utf8'), 'xl/workbook.xml');
  const sheet = Readable.from(sheetChunks(source));
  sheet.on('error', (error) => failure.destroy(error));
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  (zip.outputStream as Readable).pipe(failure);
  for await (const chunk of failure) yield chunk as Buffer;
}

function workbook(rowCount: number): string {
  const range = `Historique!$A$1:$${columnName(exportColumns.length)}$${rowCount}`;
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Historique" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${range}</definedName></definedNames></workbook>`;
}

async function* sheetChunks(source: ExportSource): AsyncGenerator<string> {
  const widths = exportColumns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  yield `<row>${exportColumns.map(({ title }) => textCell(title, HEADING_STYLE)).join('')}</row>`;
  for await (const lines of source.lines()) yield lines.map(sheetRow).join('');
  yield `</sheetData><autoFilter ref="A1:${columnName(exportColumns.length)}${source.slots.length + 1}"/></worksheet>`;
}

function sheetRow(line: JournalLine): string {
  return `<row>${exportColumns.map((column) => cell(column, line)).join('')}</row>`;
}

function cell({ kind, value }: ExportColumn, line: JournalLine): string {
  const content = value(line);
  if (content === null) return '<c/>';
  if (kind === 'integer') return `<c><v>${content}</v></c>`;
  if (kind === 'instant') return `<c s="${INSTANT_STYLE}"><v>${excelDate(String(content))}</v></c>`;
  return textCell(String(content), 0);
}

/** Date and time as the workstation's clock showed them. */
function excelDate(at: string): number {
  const local = Date.parse(`${at.slice(0, 23)}Z`);
  return local / DAY_MS + EXCEL_EPOCH_DAYS;
}

function textCell(text: string, style: number): string {
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escapeXml(text: string): string {
  // Characters that XML 1.0 cannot carry at all.
  // eslint-disable-next-line no-control-regex -- naming control characters is the purpose here
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>]/g, (character) => entities[character] ?? '');
}

const ALPHABET = 26;

function columnName(position: number): string {
  const last = String.fromCharCode('A'.charCodeAt(0) + ((position - 1) % ALPHABET));
  return position > ALPHABET ? columnName(Math.floor((position - 1) / ALPHABET)) + last : last;
}
