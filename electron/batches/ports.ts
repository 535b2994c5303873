import type { AsideLine, BatchLine, ImportColumn, ImportRole } from '../../shared/domain/batch';

/** Where a list comes from; `bytes`: a file dropped on the window, which names no path. */
export type ListSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'bytes'; readonly fileName: string; readonly bytes: Buffer }
  /** `name`: what it is, when it was not pasted. */
  | { readonly kind: 'text'; readonly text: string; readonly name?: string };

export interface ReadOptions {
  /** Sheet of a workbook; the first one unless told. */
  readonly sheet?: string | undefined;
  /** Roles of the columns, in their order; recognised unless told. */
  readonly roles?: readonly ImportRole[] | undefined;
  readonly signal: AbortSignal;
}

/** One line of the source: usable, or to be kept aside with its reason. Duplicates are found by whoever stores them. */
export type ReadRow =
  | { readonly kind: 'line'; readonly line: BatchLine; readonly isZeroRestored: boolean }
  | { readonly kind: 'aside'; readonly aside: AsideLine };

export interface ListReading {
  readonly fileName: string;
  readonly sheets: readonly string[];
  readonly columns: readonly ImportColumn[];
  /** In the order of the source, read as it is asked for: memory does not grow with the list. */
  readonly rows: AsyncIterable<ReadRow>;
}

/**
 * Reads a list of companies: formats, encodings, separators, columns, identifiers.
 * Rejects with an {@link IpcFailure} in words when the source cannot be read at all.
 */
export interface ListReader {
  readLines(source: ListSource, options: ReadOptions): Promise<ListReading>;
}
