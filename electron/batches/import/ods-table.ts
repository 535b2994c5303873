import type { PartArchive } from './archive';
import { cleanCell, MAX_CELL_CHARACTERS, MAX_COLUMNS, type RawRow, type RawTable, unreadable } from './table';
import { type Attributes, walkXml, type XmlVisitor } from './xml';
import { numberText } from './xlsx-table';

const CONTENT = 'content.xml';
interface RepeatedRow extends RawRow {
  readonly times: number;
}

/** A filled row said to repeat more often is no list. */
const MAX_REPEATED_ROWS = 10_000;

export function isOds(archive: PartArchive): boolean {
  return archive.has(CONTENT);
}

/** A sheet of an OpenDocument spreadsheet (ISO/IEC 26300). Formulas are never run. */
export async function openOds(fileName: string, archive: PartArchive, wanted: string | undefined): Promise<RawTable> {
  const names: string[] = [];
  for await (const name of walkXml(archive.read(CONTENT), nameVisitor())) names.push(name);
  const chosen = names.includes(wanted ?? '') ? names.indexOf(wanted ?? '') : 0;
  const first = names[chosen];
  if (first === undefined) throw unreadable('Ce classeur n’a aucune feuille.');
  return {
    fileName,
    sheets: [first, ...names.filter((_name, index) => index !== chosen)],
    rows: () => unfolded(walkXml(archive.read(CONTENT), sheetVisitor(chosen))),
  };
}

/** Rows written once and said to repeat, one by one: what is said takes no memory. */
async function* unfolded(rows: AsyncIterable<RepeatedRow>): AsyncGenerator<RawRow> {
  for await (const { number, cells, times } of rows) {
    for (let time = 0; time < times; time += 1) yield { number: number + time, cells };
  }
}

function nameVisitor(): XmlVisitor<string> {
  const names: string[] = [];
  return {
    open: (name, attributes) => {
      if (name === 'table:table') names.push(attributes['table:name'] ?? '');
    },
    take: () => names.splice(0),
  };
}

function sheetVisitor(chosen: number): XmlVisitor<RepeatedRow> {
  const made: RepeatedRow[] = [];
  const row = rowCollector(made);
  const cell = cellCollector(row.put);
  let sheet = -1;
  const isChosen = (): boolean => sheet === chosen;
  return {
    open: (name, attributes) => {
      if (name === 'table:table') sheet += 1;
      if (!isChosen()) return;
      if (name === 'table:table-row') row.open(attributes);
      cell.open(name, attributes);
    },
    text: (text) => {
      if (isChosen()) cell.add(text);
    },
    close: (name) => {
      if (!isChosen()) return;
      cell.close(name);
      if (name === 'table:table-row') row.close();
    },
    take: () => made.splice(0),
  };
}

function rowCollector(made: RepeatedRow[]) {
  let number = 1;
  let repeated = 1;
  let cells: string[] = [];
  return {
    open: (attributes: Attributes): void => {
      repeated = timesOf(attributes['table:number-rows-repeated']);
      cells = [];
    },
    put: (value: string, times: number): void => {
      for (let time = 0; time < times && cells.length < MAX_COLUMNS; time += 1) cells.push(value);
    },
    close: (): void => {
      if (cells.some((value) => value !== '')) made.push({ number, cells, times: Math.min(repeated, MAX_REPEATED_ROWS) });
      number += repeated;
    },
  };
}

const CELLS: readonly string[] = ['table:table-cell', 'table:covered-table-cell'];

/** A number keeps all its digits in its value; anything else is the text that it shows, without its comments. */
function cellCollector(put: (value: string, times: number) => void) {
  let attributes: Attributes = {};
  let text = '';
  let paragraphs = 0;
  let comments = 0;
  return {
    open: (name: string, given: Attributes): void => {
      if (CELLS.includes(name)) {
        attributes = given;
        text = '';
      }
      if (name === 'office:annotation') comments += 1;
      if (name === 'text:p') {
        paragraphs += 1;
        text += text === '' ? '' : ' ';
      }
      if (name === 'text:s' && comments === 0) text += ' ';
    },
    add: (more: string): void => {
      if (paragraphs > 0 && comments === 0 && text.length < MAX_CELL_CHARACTERS) text += more;
    },
    close: (name: string): void => {
      if (name === 'text:p') paragraphs -= 1;
      if (name === 'office:annotation') comments -= 1;
      if (!CELLS.includes(name)) return;
      const isNumber = attributes['office:value-type'] === 'float';
      put(isNumber ? numberText(attributes['office:value'] ?? text) : cleanCell(text), timesOf(attributes['table:number-columns-repeated']));
    },
  };
}

function timesOf(repeated: string | undefined): number {
  const times = Number(repeated ?? 1);
  return Number.isSafeInteger(times) && times > 0 ? times : 1;
}
