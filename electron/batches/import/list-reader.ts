import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';

import type { ImportRole } from '../../../shared/domain/batch';
import type { ListReader, ListSource, ReadRow } from '../ports';
import { openArchive, type PartArchive } from './archive';
import { type Layout, layoutOf } from './columns';
import { isOds, openOds } from './ods-table';
import { readRow } from './read-row';
import { type ByteSource, type RawRow, type RawTable, unreadable } from './table';
import { oneText, openText, openTextFile } from './text-table';
import { isXlsx, openXlsx } from './xlsx-table';

const MAX_FILE_BYTES = 200_000_000;
const MAX_ROWS = 1_000_000;
/** Rows in which columns are recognised. */
const SAMPLE_ROWS = 200;
const ZIP_SIGNATURE = 'PK\u0003\u0004';
/** Workbooks of the format before .xlsx, and encrypted ones. */
const COMPOUND_SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Reads CSV, XLSX, ODS and pasted text; what it is is told by its bytes, not by its name. */
export function createListReader(): ListReader {
  return {
    async readLines(source, options) {
      const { table, close } = await opened(source, options.sheet);
      try {
        const layout = layoutOf(await firstRows(table));
        const columns = layout.columns.map((column, index) => ({ ...column, role: options.roles ? (options.roles[index] ?? 'ignored') : column.role }));
        const rows = rowsOf(table, { ...layout, columns }, close);
        return { fileName: table.fileName, sheets: table.sheets, columns, rows };
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}

interface OpenedTable {
  readonly table: RawTable;
  readonly close: () => void;
}

async function opened(source: ListSource, sheet: string | undefined): Promise<OpenedTable> {
  const nothing = (): void => undefined;
  if (source.kind === 'text') return { table: await openText(source.name ?? 'Liste collée', () => oneText(source.text)), close: nothing };
  const bytes = await byteSourceOf(source);
  const head = await headOf(bytes);
  if (head.subarray(0, COMPOUND_SIGNATURE.length).equals(COMPOUND_SIGNATURE)) {
    throw unreadable('Ce classeur est au format .xls, ou protégé par un mot de passe\u00a0: enregistrez-en une copie au format .xlsx, sans mot de passe.');
  }
  if (head.toString('latin1', 0, ZIP_SIGNATURE.length) !== ZIP_SIGNATURE) return { table: await openTextFile(bytes), close: nothing };
  const archive = await openArchive(source.kind === 'file' ? source.path : source.bytes);
  try {
    return { table: await openWorkbook(bytes.fileName, archive, sheet), close: archive.close };
  } catch (error) {
    archive.close();
    throw error;
  }
}

function openWorkbook(fileName: string, archive: PartArchive, sheet: string | undefined): Promise<RawTable> {
  if (isXlsx(archive)) return openXlsx(fileName, archive, sheet);
  if (isOds(archive)) return openOds(fileName, archive, sheet);
  throw unreadable('Cette archive n’est pas un classeur\u00a0: choisissez un fichier CSV, Excel (.xlsx) ou OpenDocument (.ods).');
}

async function byteSourceOf(source: Exclude<ListSource, { kind: 'text' }>): Promise<ByteSource> {
  if (source.kind === 'bytes') return { fileName: source.fileName, byteLength: source.bytes.length, bytes: () => Readable.from([source.bytes]) };
  try {
    const { size } = await stat(source.path);
    if (size > MAX_FILE_BYTES) throw unreadable('Ce fichier dépasse 200\u00a0Mo\u00a0: gardez-y la seule liste, ou partagez-la en plusieurs fichiers.');
    return { fileName: basename(source.path), byteLength: size, bytes: () => createReadStream(source.path) };
  } catch (error) {
    throw isFileError(error) ? unreadable('Ce fichier ne peut pas être lu\u00a0: vérifiez qu’il existe encore et que vous y avez accès.') : error;
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

async function headOf({ byteLength, bytes }: ByteSource): Promise<Buffer> {
  if (byteLength === 0) throw unreadable('Ce fichier est vide.');
  for await (const chunk of bytes()) return chunk;
  throw unreadable('Ce fichier est vide.');
}

async function firstRows(table: RawTable): Promise<readonly RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of table.rows()) if (rows.push(row) >= SAMPLE_ROWS) break;
  if (rows.length === 0) throw unreadable('Cette liste est vide.');
  return rows;
}

async function* rowsOf(table: RawTable, { columns, headerNumber }: Layout, close: () => void): AsyncGenerator<ReadRow> {
  const roles: readonly ImportRole[] = columns.map(({ role }) => role);
  let count = 0;
  try {
    for await (const row of table.rows()) {
      if (row.number === headerNumber) continue;
      count += 1;
      if (count > MAX_ROWS) throw unreadable('Cette liste dépasse un million de lignes\u00a0: partagez-la en plusieurs fichiers.');
      yield readRow(row, roles);
    }
  } finally {
    close();
  }
}
