import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

import type { Pages } from './use-pages';

const ROW_HEIGHT_PX = 40;

interface Props<T> {
  readonly label: string;
  readonly pages: Pages<T>;
  readonly headings: readonly ReactNode[];
  /** Value of `grid-template-columns`. */
  readonly columns: string;
  /** Pixels under which the table scrolls sideways. */
  readonly minWidth?: number;
  readonly height: number | string;
  readonly cells: (row: T, index: number) => readonly ReactNode[];
}

/** A table of which only the rows in sight exist, however many there are. */
export function VirtualTable<T>({ label, pages, headings, columns, minWidth = 0, height, cells }: Props<T>): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const { total, show, rowAt } = pages;
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualiser redraws the table itself
  const virtualizer = useVirtualizer({ count: total ?? 0, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT_PX, overscan: 12 });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => show(first, last), [show, first, last]);
  const style = { gridTemplateColumns: columns, minWidth };
  return (
    // A region that scrolls is reachable from the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className="card batch-table" role="table" aria-label={label} aria-rowcount={(total ?? 0) + 1} aria-colcount={headings.length} tabIndex={0} style={{ maxHeight: height }}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="batch-table-row batch-table-head" style={style}>
          {headings.map((heading, column) => <div key={column} role="columnheader" className="ellipsis">{heading}</div>)}
        </div>
      </div>
      <div role="rowgroup" style={{ position: 'relative', height: virtualizer.getTotalSize(), minWidth }}>
        {items.map(({ index, start }) => {
          const row = rowAt(index);
          return (
            <div key={index} role="row" aria-rowindex={index + 2} className="batch-table-row batch-table-line" style={{ ...style, height: ROW_HEIGHT_PX, transform: `translateY(${start}px)` }}>
              {row === undefined ? headings.map((_heading, column) => <div key={column} role="cell">{column === 0 ? '…' : ''}</div>) : cells(row, index).map((cell, column) => <div key={column} role="cell" className="ellipsis">{cell}</div>)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
