import { parse } from 'csv-parse/sync';

const SEPARATORS = [';', '\t', '|', ','] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Records that are looked at. */
const SAMPLE_RECORDS = 50;
/** 1,23E+13 outside quotes: the comma is within numbers, not between columns. */
const DECIMAL_COMMA = /(?:^|[;\t|])\d,\d+E\+\d+/im;
export const RECORD_DELIMITERS = ['\r\n', '\n', '\r'];

interface Fit {
  readonly separator: Separator;
  /** Share of the records that have the commonest number of columns; 0 when there is one column only. */
  readonly regularity: number;
}

/**
 * What parts the columns: the separator under which most records have the same number of columns, two at least.
 * A first line `sep=;`, as Excel writes, decides. Null: one column.
 */
export function separatorOf(head: string): Separator | null {
  const told = /^sep=(.)\r?\n/i.exec(head)?.[1];
  const found = SEPARATORS.find((one) => one === told);
  if (found) return found;
  const possible = DECIMAL_COMMA.test(head) ? SEPARATORS.filter((one) => one !== ',') : SEPARATORS;
  const fits = possible.map((separator) => fitOf(separator, head));
  const best = fits.reduce((one, other) => (other.regularity > one.regularity ? other : one));
  return best.regularity > 0 ? best.separator : null;
}

function fitOf(separator: Separator, head: string): Fit {
  // Quotes that do not stand at the ends of a field are a sign of another separator.
  const counts = columnCounts(separator, head, false) ?? [];
  const usual = commonest(counts);
  if (usual < 2) return { separator, regularity: 0 };
  return { separator, regularity: counts.filter((count) => count === usual).length / counts.length };
}

function columnCounts(delimiter: Separator, head: string, isLast: boolean): number[] | null {
  try {
    const records = parse(head, { delimiter, relax_column_count: true, to: SAMPLE_RECORDS, skip_empty_lines: true, record_delimiter: RECORD_DELIMITERS });
    return records.map((record) => record.length);
  } catch {
    // The sample may end inside a quoted field: what comes before its last line is enough.
    const end = head.trimEnd().lastIndexOf('\n');
    return isLast || end <= 0 ? null : columnCounts(delimiter, head.slice(0, end), true);
  }
}

function commonest(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 0;
}
