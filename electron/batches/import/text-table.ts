import { Readable } from 'node:stream';

import { CsvError, parse } from 'csv-parse';

import { decoded, type Encoding, encodingOf } from './encoding';
import { RECORD_DELIMITERS, type Separator, separatorOf } from './separator';
import { type ByteSource, cleanCell, MAX_COLUMNS, type RawRow, type RawTable, unreadable } from './table';

/** Characters in which the separator is looked for. */
const HEAD_CHARACTERS = 64_000;
/** A record longer than this is a quote that nobody closed. */
const MAX_RECORD_CHARACTERS = 200_000;
/** Lines of any kind, empty ones included: twice what a list may hold. */
const MAX_LINES = 2_000_000;

/** A text with a separator, in whichever encoding; quoted fields may hold line ends. */
export async function openTextFile(source: ByteSource): Promise<RawTable> {
  const encoding: Encoding = await encodingOf(source.bytes());
  return openText(source.fileName, () => decoded(source.bytes(), encoding));
}

export async function openText(fileName: string, text: () => AsyncIterable<string>): Promise<RawTable> {
  const separator = separatorOf(await headOf(text()));
  return { fileName, sheets: [], rows: () => rowsOf(text(), separator) };
}

export async function* oneText(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

async function headOf(text: AsyncIterable<string>): Promise<string> {
  let head = '';
  for await (const piece of text) {
    head += piece;
    if (head.length >= HEAD_CHARACTERS) break;
  }
  return head.slice(0, HEAD_CHARACTERS);
}

async function* rowsOf(text: AsyncIterable<string>, separator: Separator | null): AsyncGenerator<RawRow> {
  const parser = parse({
    // A separator that no text holds, for a single column.
    delimiter: separator ?? '\u0000',
    ...{ relax_column_count: true, relax_quotes: true, record_delimiter: RECORD_DELIMITERS, max_record_size: MAX_RECORD_CHARACTERS },
  });
  const input = Readable.from(text);
  input.on('error', (error) => parser.destroy(error));
  let next = 1;
  try {
    for await (const record of input.pipe(parser) as AsyncIterable<readonly string[]>) {
      if (next > MAX_LINES) throw unreadable('Ce fichier dépasse deux millions de lignes, vides comprises\u00a0: gardez-y la seule liste, ou partagez-la en plusieurs fichiers.');
      const row = { number: next, cells: record.slice(0, MAX_COLUMNS).map(cleanCell) };
      // The parser's own count takes the two characters of a quoted line end for two lines.
      next += 1 + record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
      if (row.cells.some((cell) => cell !== '') && !(row.number === 1 && /^sep=.?$/i.test(row.cells[0] ?? ''))) yield row;
    }
  } catch (error) {
    throw error instanceof CsvError ? quoteFailure(next) : error;
  } finally {
    input.destroy();
  }
}

function quoteFailure(after: number): Error {
  return unreadable(`Un guillemet ouvert à la ligne ${after}, ou après, n’est jamais refermé\u00a0: corrigez le fichier, ou enregistrez-le à nouveau depuis le tableur.`);
}
