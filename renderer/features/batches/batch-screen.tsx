import './batches.css';

import { Alert, Anchor, Badge, Skeleton, Stack, Tabs } from '@mantine/core';
import type { ReactNode } from 'react';

import { type Batch, type BatchOutlook, batchStateLabels } from '../../../shared/domain/batch';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { PageHead } from '../../components/page-head';
import { useLoaded } from '../../components/use-loaded';
import { BatchActions } from './batch-actions';
import { BatchGrid } from './batch-grid';
import { BatchProgressCard } from './batch-progress';
import { counted, momentText, numberText, stateColors } from './batch-text';
import { Differences } from './differences';
import { KeptAside } from './kept-aside';
import { useBatch } from './use-batch';

export function BatchScreen({ batchId }: { readonly batchId: string }): ReactNode {
  const { batch, outlook, problem, replace } = useBatch(batchId);
  return (
    <div className="page">
      <Anchor component="button" type="button" size="sm" mb="sm" onClick={() => navigate({ name: 'batches' })}>‹ Lots</Anchor>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {batch === null && problem === null && <Skeleton h={260} aria-label="Lecture du lot" />}
      {batch !== null && <BatchPage batch={batch} outlook={outlook} onChanged={replace} />}
    </div>
  );
}

interface PageProps {
  readonly batch: Batch;
  readonly outlook: BatchOutlook | null;
  readonly onChanged: (batch: Batch) => void;
}

function BatchPage({ batch, outlook, onChanged }: PageProps): ReactNode {
  const dossier = useLoaded(() => callMain('dossiers.get', { id: batch.dossierId }), batch.dossierId).value;
  return (
    <>
      <PageHead
        title={batch.title}
        summary={
          <>
            <Badge color={stateColors[batch.state]} variant="light" radius="sm" tt="none" mr={8}>{batchStateLabels[batch.state]}</Badge>
            {counted(batch.lineCount, 'ligne')} · créé le {momentText(batch.createdAt)} par {batch.agentName} · {' '}
            <Anchor component="button" type="button" fz="inherit" onClick={() => navigate({ name: 'dossier', dossierId: batch.dossierId })}>{dossier?.title ?? 'dossier'}</Anchor>
          </>
        }
        actions={<BatchActions batch={batch} onChanged={onChanged} />}
      />
      <Stack gap="md">
        <BatchProgressCard batch={batch} outlook={outlook} onChanged={onChanged} />
        <Tabs defaultValue="grid" keepMounted={false}>
          <Tabs.List mb="sm" aria-label="Lignes du lot">
            <Tabs.Tab value="grid">Résultats</Tabs.Tab>
            {batch.previousId !== null && <Tabs.Tab value="differences">Ce qui a changé</Tabs.Tab>}
            {batch.asideCount > 0 && <Tabs.Tab value="aside">Mises de côté ({numberText(batch.asideCount)})</Tabs.Tab>}
          </Tabs.List>
          <Tabs.Panel value="grid"><BatchGrid batch={batch} /></Tabs.Panel>
          <Tabs.Panel value="differences"><Differences batch={batch} /></Tabs.Panel>
          <Tabs.Panel value="aside"><KeptAside batch={batch} /></Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}
