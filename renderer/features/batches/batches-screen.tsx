import './batches.css';

import { Alert, Badge, Button, Progress, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconListCheck, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';

import { type Batch, batchStateLabels, doneCount } from '../../../shared/domain/batch';
import { callMain, onMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { useLoaded } from '../../components/use-loaded';
import { counted, momentText, stateColors, stateSentence } from './batch-text';

/** Every batch of the dossiers that the agent may see, the newest first. */
export function BatchesScreen(): ReactNode {
  const { value, problem, reload } = useLoaded(() => callMain('batches.list', {}), '');
  useEffect(() => onMain('batches.progress', reload), [reload]);
  const create = <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => navigate({ name: 'new-batch' })}>Nouveau lot</Button>;
  return (
    <div className="page">
      <PageHead title="Lots" summary="Une liste d’entreprises le soir, toutes les réponses le matin : chaque appel est tracé, et l’agent à l’écran passe toujours avant." actions={create} />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={220} aria-label="Lecture des lots" />}
      {value?.total === 0 && (
        <EmptyState icon={IconListCheck} title="Aucun lot" action={create}>
          Importez une liste de candidats ou de bénéficiaires (Excel, CSV, OpenDocument ou texte collé), choisissez les données, puis lancez-la tout de suite ou la nuit.
        </EmptyState>
      )}
      {value !== null && value.total > 0 && (
        <>
          <Text size="sm" c="dimmed" mb={8}>{counted(value.total, 'lot')}{value.total > value.batches.length && `, les ${value.batches.length} plus récents sont montrés`}</Text>
          <ul className="card dossier-list" aria-label="Lots" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
            {value.batches.map((batch) => <li key={batch.id}><BatchRow batch={batch} /></li>)}
          </ul>
        </>
      )}
    </div>
  );
}

function BatchRow({ batch }: { readonly batch: Batch }): ReactNode {
  const { counts, lineCount, choice, createdAt, agentName, state, title, nextRunAt } = batch;
  const percent = counts.total === 0 ? 100 : (100 * doneCount(counts)) / counts.total;
  return (
    <UnstyledButton className="row-link" style={{ gridTemplateColumns: 'minmax(0, 1fr) 150px 116px' }} onClick={() => navigate({ name: 'batch', batchId: batch.id })}>
      <div style={{ minWidth: 0 }}>
        <Text fw={560} className="ellipsis">{title}</Text>
        <Text size="sm" c="dimmed" className="ellipsis">{stateSentence(batch)}</Text>
        <Text size="xs" c="dimmed" className="ellipsis">
          {counted(lineCount, 'ligne')} · {counted(choice.endpointIds.length, 'donnée')} · créé le {momentText(createdAt)} par {agentName}{nextRunAt !== null && ` · prochain passage le ${momentText(nextRunAt)}`}
        </Text>
      </div>
      <Progress value={percent} color={counts.failed + counts.refused + counts.unknown > 0 ? 'amber' : 'teal'} aria-label={`Avancement du lot ${title}`} />
      <Badge color={stateColors[state]} variant="light" radius="sm" tt="none">{batchStateLabels[state]}</Badge>
    </UnstyledButton>
  );
}
