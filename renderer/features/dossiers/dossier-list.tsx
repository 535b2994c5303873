import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

import { type Dossier, DossierRow } from './dossier-rows';

const ROW_HEIGHT_PX = 66;
const ROWS_AHEAD = 30;

interface Props {
  readonly dossiers: readonly Dossier[];
  readonly total: number;
  readonly onEnd: () => void;
}

/** Only the rows in sight exist in the page, however many dossiers there are. */
export function DossierList({ dossiers, total, onEnd }: Props): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualiser redraws the list itself
  const virtualizer = useVirtualizer({ count: dossiers.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT_PX, overscan: 10 });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= dossiers.length - ROWS_AHEAD) onEnd();
  }, [lastShown, dossiers.length, onEnd]);
  return (
    <div ref={scroller} className="card dossier-list" role="list" aria-label="Dossiers">
      <div role="presentation" style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start, key }) => {
          const dossier = dossiers[index];
          return dossier && (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={total}
              style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${start}px)` }}
            >
              <DossierRow dossier={dossier} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
