import { readFileSync, writeFileSync } from 'node:fs';

const PAGE_BYTES = 4_096;
/** First byte of a page that holds rows of a table (SQLite file format, « B-tree Pages »). */
const TABLE_LEAF = 0x0d;

/** Pages of a database that hold rows with `mark` in them, from the first page on. */
function pagesHolding(path: string, mark: string): readonly number[] {
  const bytes = readFileSync(path);
  const pages = Array.from({ length: bytes.length / PAGE_BYTES }, (_, index) => index);
  return pages.filter((page) => bytes[page * PAGE_BYTES] === TABLE_LEAF && bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES).includes(mark));
}

/** Writes over `length` bytes of a page, as a dying disk does. */
export function overwritePage(path: string, page: number, length = PAGE_BYTES, from = 0): void {
  const bytes = readFileSync(path);
  bytes.fill(0xff, page * PAGE_BYTES + from, page * PAGE_BYTES + from + length);
  writeFileSync(path, bytes);
}

/** The page half-way among those that hold rows with `mark` in them. */
export function middlePage(path: string, mark: string): number {
  const pages = pagesHolding(path, mark);
  const middle = pages[Math.floor(pages.length / 2)];
  if (pages.length < 5 || middle === undefined) throw new Error(`too few pages to have a middle: ${pages.length}`);
  return middle;
}
