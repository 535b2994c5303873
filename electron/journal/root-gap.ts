import { closeSync, existsSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Where the size of pages stands in the file, and the kind of page that heads a table of several (SQLite, « Database File Format », 1.3 and 1.6). */
const PAGE_SIZE_AT = 16;
const INTERIOR_TABLE_PAGE = 0x05;
const CELL_COUNT_AT = 3;
const CONTENT_AT = 5;
const INTERIOR_HEADER_BYTES = 12;
const POINTER_BYTES = 2;

/**
 * Overwrites what the second page of a journal holds between its pointers and its cells. It is the root of the rows, whose first
 * ones stood there until they filled it: journals of the first releases kept their contents in that gap, where no purge comes.
 * SQLite itself only clears it by rewriting the whole file. Pages that wait in a log, as a crash leaves them, wait for another
 * start. To be called before any connection of this program. Errors are left to whoever opens the file next.
 */
export function clearRootGap(path: string): void {
  if (!existsSync(path) || isLogUsed(path)) return;
  let file: number | null = null;
  try {
    file = openSync(path, 'r+');
    const gap = readGap(file);
    if (!gap || gap.bytes.every((byte) => byte === 0)) return;
    writeSync(file, Buffer.alloc(gap.bytes.length), 0, gap.bytes.length, gap.at);
    fsyncSync(file);
  } catch {
    // A file that cannot be read or written says so when it is opened.
  } finally {
    if (file !== null) closeSync(file);
  }
}

function isLogUsed(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Null while the rows stand on one page, where no gap holds any. */
function readGap(file: number): { readonly at: number; readonly bytes: Buffer } | null {
  const head = Buffer.alloc(PAGE_SIZE_AT + 2);
  if (readSync(file, head, 0, head.length, 0) < head.length) return null;
  // The largest size does not fit in its two bytes, which then say 1.
  const said = head.readUInt16BE(PAGE_SIZE_AT);
  const pageSize = said === 1 ? 65_536 : said;
  const page = Buffer.alloc(pageSize);
  if (readSync(file, page, 0, pageSize, pageSize) < pageSize || page[0] !== INTERIOR_TABLE_PAGE) return null;
  const start = INTERIOR_HEADER_BYTES + POINTER_BYTES * page.readUInt16BE(CELL_COUNT_AT);
  const end = page.readUInt16BE(CONTENT_AT) || pageSize;
  return end > start ? { at: pageSize + start, bytes: page.subarray(start, end) } : null;
}
