import type { PartArchive } from './archive';
import { cleanCell, MAX_CELL_CHARACTERS, MAX_COLUMNS, type RawRow, type RawTable, unreadable } from './table';
import { type Attributes, elementsOf, walkXml, type XmlVisitor } from './xml';

const WORKBOOK = 'xl/workbook.xml';
const SHARED_STRINGS = 'xl/sharedStrings.xml';
const MAX_SHARED_STRINGS = 2_000_000;
const MAX_SHARED_CHARACTERS = 100_000_000;

export function isXlsx(archive: PartArchive): boolean {
  return archive.has(WORKBOOK);
}

/** A sheet of a workbook (ECMA-376). Formulas are never run: what the spreadsheet last computed is read. */
export async function openXlsx(fileName: string, archive: PartArchive, wanted: string | undefined): Promise<RawTable> {
  const sheets = await sheetsOf(archive);
  const first = sheets.find(({ name }) => name === wanted) ?? sheets[0];
  if (!first) throw unreadable('Ce classeur n’a aucune feuille.');
  const names = [first, ...sheets.filter((sheet) => sheet !== first)].map(({ name }) => name);
  let strings: Promise<readonly string[]> | null = null;
  const rows = async function* (): AsyncGenerator<RawRow> {
    strings ??= archive.has(SHARED_STRINGS) ? sharedStringsOf(archive) : Promise.resolve([]);
    yield* walkXml(archive.read(first.part), sheetVisitor(await strings));
  };
  return { fileName, sheets: names, rows };
}

async function sheetsOf(archive: PartArchive): Promise<readonly { readonly name: string; readonly part: string }[]> {
  const relations = await elementsOf(archive.read('xl/_rels/workbook.xml.rels'));
  const partOf = new Map(relations.map(({ attributes }) => [attributes['Id'], attributes['Target'] ?? '']));
  const elements = await elementsOf(archive.read(WORKBOOK));
  return elements.flatMap(({ name, attributes }) => {
    if (localName(name) !== 'sheet' || attributes['state'] === 'veryHidden') return [];
    const target = partOf.get(attributes['r:id']) ?? '';
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    return archive.has(part) ? [{ name: attributes['name'] ?? part, part }] : [];
  });
}

async function sharedStringsOf(archive: PartArchive): Promise<readonly string[]> {
  const strings: string[] = [];
  let characters = 0;
  for await (const text of walkXml(archive.read(SHARED_STRINGS), stringVisitor())) {
    characters += text.length;
    if (strings.push(text) > MAX_SHARED_STRINGS || characters > MAX_SHARED_CHARACTERS) {
      throw unreadable('Ce classeur contient trop de textes\u00a0: gardez-y la seule feuille de la liste, ou enregistrez-la en CSV.');
    }
  }
  return strings;
}

function stringVisitor(): XmlVisitor<string> {
  const made: string[] = [];
  const text = textCollector();
  return {
    open: (name) => {
      if (localName(name) === 'si') text.reset();
      text.open(localName(name));
    },
    text: text.add,
    close: (name) => {
      text.close(localName(name));
      if (localName(name) === 'si') made.push(cleanCell(text.value()));
    },
    take: () => made.splice(0),
  };
}

interface CellPlace {
  readonly column: number;
  readonly type: string;
}

function sheetVisitor(strings: readonly string[]): XmlVisitor<RawRow> {
  const made: RawRow[] = [];
  const text = textCollector();
  let number = 0;
  let cells: string[] = [];
  let cell: CellPlace = { column: -1, type: 'n' };
  return {
    open: (qualified, attributes) => {
      const name = localName(qualified);
      if (name === 'row') {
        const told = Number(attributes['r']);
        number = Number.isSafeInteger(told) && told > number ? told : number + 1;
        cells = [];
        cell = { column: -1, type: 'n' };
      } else if (name === 'c') {
        cell = placeOf(attributes, cell.column);
        text.reset();
      }
      text.open(name);
    },
    text: text.add,
    close: (qualified) => {
      const name = localName(qualified);
      text.close(name);
      if (name === 'c' && cell.column < MAX_COLUMNS) putCell(cells, cell.column, valueOf(cell.type, text.value(), strings));
      if (name === 'row' && cells.some((value) => value !== '')) made.push({ number, cells });
    },
    take: () => made.splice(0),
  };
}

/** Text of `<t>` and `<v>`; the reading of a phonetic run, or a formula, is no value. */
function textCollector() {
  let value = '';
  let isValue = false;
  let isPhonetic = false;
  return {
    reset: (): void => void (value = ''),
    open: (name: string): void => {
      if (name === 'rPh') isPhonetic = true;
      isValue = (name === 't' || name === 'v') && !isPhonetic;
    },
    add: (text: string): void => {
      if (isValue && value.length < MAX_CELL_CHARACTERS) value += text;
    },
    close: (name: string): void => {
      if (name === 'rPh') isPhonetic = false;
      isValue = false;
    },
    value: (): string => value,
  };
}

function placeOf({ r, t }: Attributes, before: number): CellPlace {
  const letters = /^[A-Z]+/.exec(r ?? '')?.[0];
  const column = letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : before + 1;
  return { column, type: t ?? 'n' };
}

function putCell(cells: string[], column: number, value: string): void {
  while (cells.length < column) cells.push('');
  cells[column] = value;
}

function valueOf(type: string, text: string, strings: readonly string[]): string {
  if (type === 's') return strings[Number(text)] ?? '';
  if (type === 'n' && text !== '') return numberText(text);
  return cleanCell(text);
}

/** A whole number in full: a workbook keeps every digit of what it shows as 1,23E+13. */
export function numberText(text: string): string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? String(value) : cleanCell(text);
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}
