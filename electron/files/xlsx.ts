import { PassThrough, Readable } from 'node:stream';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Rows that one sheet can hold, less its heading (Excel specifications). */
const SHEET_ROWS = 1_048_575;
const HEADING_STYLE = 1;
const INSTANT_STYLE = 2;
const DAY_STYLE = 3;
const DAY_MS = 86_400_000;
/** Days from the origin of Excel's dates to the Unix epoch. */
const EXCEL_EPOCH_DAYS = 25_569;

export interface SheetColumn {
  readonly title: string;
  /** `instant`: ISO 8601, shown as its own offset says. `day`: ISO day. */
  readonly kind: 'text' | 'integer' | 'instant' | 'day';
  /** Characters. */
  readonly width: number;
}

export interface Sheet {
  /** 31 characters at most, none of `[]:*?/\`. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** One cell a column, in their order. Batches, so that many rows cost few turns. */
  readonly rows: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
  readonly rowCount: number;
}

type Row = readonly (string | number | null)[];

/**
 * A workbook written as it is read: memory does not grow with the number of rows. Headings stay in sight and filter.
 * @throws {RangeError} when a sheet has more rows than Excel opens.
 */
export async function* xlsxChunks(sheets: readonly Sheet[]): AsyncGenerator<Buffer> {
  if (sheets.some(({ rowCount }) => rowCount > SHEET_ROWS)) throw new RangeError('too many lines for one sheet');
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const output = new PassThrough();
  for (const [name, content] of Object.entries(fixedFiles(sheets))) zip.addBuffer(Buffer.from(content, 'utf8'), name);
  sheets.forEach((sheet, index) => {
    const stream = Readable.from(sheetChunks(sheet));
    stream.on('error', (error) => output.destroy(error));
    zip.addReadStream(stream, `xl/worksheets/sheet${index + 1}.xml`);
  });
  zip.end();
  (zip.outputStream as Readable).pipe(output);
  for await (const chunk of output) yield chunk as Buffer;
}

function fixedFiles(sheets: readonly Sheet[]): Readonly<Record<string, string>> {
  const numbers = sheets.map((_, index) => index + 1);
  const styles = sheets.length + 1;
  const parts = numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('');
  const links = numbers.map((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('');
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${parts}<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${RELATIONS}">${links}<Relationship Id="rId${styles}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf fontId="0"/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    'xl/workbook.xml': workbook(sheets),
  };
}

function workbook(sheets: readonly Sheet[]): string {
  const entries = sheets.map(({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('');
  const filters = sheets.map((sheet, index) => `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${escapeXml(sheet.name.replaceAll("'", "''"))}'!$A$1:$${columnName(sheet.columns.length)}$${sheet.rowCount + 1}</definedName>`).join('');
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${entries}</sheets><definedNames>${filters}</definedNames></workbook>`;
}

async function* sheetChunks({ columns, rows, rowCount }: Sheet): AsyncGenerator<string> {
  const widths = columns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  yield `<row>${columns.map(({ title }) => textCell(title, HEADING_STYLE)).join('')}</row>`;
  for await (const batch of rows) yield batch.map((row) => `<row>${columns.map(({ kind }, index) => cell(kind, row[index] ?? null)).join('')}</row>`).join('');
  yield `</sheetData><autoFilter ref="A1:${columnName(columns.length)}${rowCount + 1}"/></worksheet>`;
}

function cell(kind: SheetColumn['kind'], content: string | number | null): string {
  if (content === null) return '<c/>';
  if (kind === 'integer') return `<c><v>${content}</v></c>`;
  if (kind === 'instant') return `<c s="${INSTANT_STYLE}"><v>${excelDate(`${String(content).slice(0, 23)}Z`)}</v></c>`;
  if (kind === 'day') return `<c s="${DAY_STYLE}"><v>${excelDate(`${String(content)}T00:00:00Z`)}</v></c>`;
  return textCell(String(content), 0);
}

/** Date and time as a clock showed them, whatever the zone. */
function excelDate(wallClock: string): number {
  return Date.parse(wallClock) / DAY_MS + EXCEL_EPOCH_DAYS;
}

function textCell(text: string, style: number): string {
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  // Characters that XML 1.0 cannot carry at all.
  // eslint-disable-next-line no-control-regex -- naming control characters is the purpose here
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (character) => entities[character] ?? '');
}

const ALPHABET = 26;

function columnName(position: number): string {
  const last = String.fromCharCode('A'.charCodeAt(0) + ((position - 1) % ALPHABET));
  return position > ALPHABET ? columnName(Math.floor((position - 1) / ALPHABET)) + last : last;
}
