import { Badge, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

import { type Batch, type BatchOutlook, batchStateLabels, doneCount } from '../../../shared/domain/batch';
import { navigate } from '../../app/navigation';
import { ProgressBar } from '../../components/progress-bar';
import { counted, failureCount, momentText, stateColors, stateSentence } from './batch-text';
import type { Pages } from './use-pages';

export type ListedBatch = Batch & Pick<BatchOutlook, 'waits'>;

/** In a wide window; a row is as tall as its words need. */
const ROW_HEIGHT_PX = 88;

/** Only the rows in sight exist in the page, however many batches there are. */
export function BatchList({ pages: { total, show, rowAt } }: { readonly pages: Pages<ListedBatch> }): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualiser redraws the list itself
  const virtualizer = useVirtualizer({ count: total ?? 0, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT_PX, overscan: 8 });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => show(first, last), [show, first, last]);
  return (
    <div ref={scroller} className="card dossier-list" role="list" aria-label="Lots">
      <div role="presentation" style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const batch = rowAt(index);
          return (
            <div key={index} role="listitem" aria-posinset={index + 1} aria-setsize={total ?? 0} ref={virtualizer.measureElement} data-index={index} style={{ position: 'absolute', insetInline: 0, top: 0, minHeight: ROW_HEIGHT_PX, transform: `translateY(${start}px)` }}>
              {batch === undefined ? <Text c="dimmed" p="md">…</Text> : <BatchRow batch={batch} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function BatchRow({ batch }: { readonly batch: ListedBatch }): ReactNode {
  const { counts, lineCount, choice, createdAt, agentName, state, title, nextRunAt } = batch;
  const percent = counts.total === 0 ? 100 : (100 * doneCount(counts)) / counts.total;
  return (
    <UnstyledButton className="row-link" style={{ gridTemplateColumns: 'minmax(0, 1fr) 150px 116px', minHeight: ROW_HEIGHT_PX }} onClick={() => navigate({ name: 'batch', batchId: batch.id })}>
      <div style={{ minWidth: 0 }}>
        <Text fw={560} className="ellipsis">{title}</Text>
        <Text size="sm" c="dimmed" className="ellipsis">{stateSentence(batch, batch.waits)}</Text>
        <Text size="xs" c="dimmed" className="ellipsis">
          {counted(lineCount, 'ligne')} · {counted(choice.endpointIds.length, 'donnée')} · créé le {momentText(createdAt)} par {agentName}{nextRunAt !== null && ` · prochain passage le ${momentText(nextRunAt)}`}
        </Text>
      </div>
      <ProgressBar percent={percent} color={failureCount(counts) > 0 ? 'amber' : 'teal'} label={`Avancement du lot ${title}`} />
      <Badge color={stateColors[state]} variant="light" radius="sm" tt="none">{batchStateLabels[state]}</Badge>
    </UnstyledButton>
  );
}
