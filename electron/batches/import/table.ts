import { IpcFailure } from '../../ipc-failure';

/** A row of a source, as text; empty rows are left out. */
export interface RawRow {
  /** Line of the text or row of the sheet, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** A source whose rows can be read from the first as often as asked; memory does not grow with it. */
export interface RawTable {
  readonly fileName: string;
  readonly sheets: readonly string[];
  readonly rows: () => AsyncIterable<RawRow>;
}

/** Where the bytes of a list are. */
export interface ByteSource {
  readonly fileName: string;
  readonly byteLength: number;
  readonly bytes: () => AsyncIterable<Buffer>;
}

/** More columns than any list has; the rest is not read. */
export const MAX_COLUMNS = 500;
/** Characters of one cell; the rest is not read. */
export const MAX_CELL_CHARACTERS = 5_000;

/** Every control character becomes a space, so that a value stays on one line. */
export function cleanCell(text: string): string {
  // eslint-disable-next-line no-control-regex -- naming control characters is the purpose here
  return text.slice(0, MAX_CELL_CHARACTERS).replace(/[\s\u0000-\u001f\u007f\ufeff]+/g, ' ').trim();
}

export function unreadable(message: string): IpcFailure {
  return new IpcFailure('invalid_input', message, 'source');
}
