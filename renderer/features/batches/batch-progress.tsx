import { Group, NativeSelect, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { type Batch, BATCH_SPEEDS, type BatchOutlook, doneCount } from '../../../shared/domain/batch';
import { waitSentence } from '../../../shared/domain/batch-wait';
import { callMain } from '../../app/bridge';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
import { showFailure } from '../../components/toasts';
import { durationText, failureCount, numberText, stateSentence } from './batch-text';

interface Props {
  readonly batch: Batch;
  readonly outlook: BatchOutlook | null;
  readonly onChanged: (batch: Batch) => void;
}

/** How far it is, how long it still takes, and the share of the quota that it draws. */
export function BatchProgressCard({ batch, outlook, onChanged }: Props): ReactNode {
  const { counts, state, speed, id } = batch;
  const percent = counts.total === 0 ? 100 : (100 * doneCount(counts)) / counts.total;
  const waiting = state === 'running' ? waitSentence(outlook?.waits ?? []) : null;
  const isOver = state === 'done' || state === 'cancelled';
  // The end is said once, with its hour, which comes a moment after it.
  const isUnsettled = state === 'running' || (isOver && batch.endedAt === null);
  const facts = [
    ['Obtenus', counts.answered],
    ['Sans donnée', counts.absent],
    ['En échec', failureCount(counts)],
    ['En attente', counts.waiting + counts.running],
    ...(counts.cancelled > 0 ? [['Annulés', counts.cancelled] as const] : []),
  ] as const;
  const setSpeed = (value: string): void => {
    const next = BATCH_SPEEDS.find((one) => String(one) === value);
    if (next !== undefined) callMain('batches.setSpeed', { id, speed: next }).then(onChanged, showFailure);
  };
  return (
    <section className="card panel" aria-label="Avancement">
      <Group justify="space-between" mb={8}>
        <Text fw={540} aria-live={isUnsettled ? 'off' : 'polite'}>{stateSentence(batch)}</Text>
        {!isOver && <Text size="sm" c="dimmed">{leftSentence(batch, outlook)}</Text>}
      </Group>
      {waiting !== null && <Text size="sm" mb={8} role="status">{waiting}</Text>}
      <ProgressBar percent={percent} color={failureCount(counts) > 0 ? 'amber' : 'teal'} label="Avancement du lot" mb="md" />
      {!isOver && <SpokenProgress done={doneCount(counts)} total={counts.total} />}
      <Group justify="space-between" align="flex-end" gap="xl">
        <dl className="batch-counts" style={{ flex: 1 }}>
          {facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{numberText(value)}</dd></div>)}
        </dl>
        {!isOver && <NativeSelect label="Vitesse" size="xs" w={200} value={String(speed)} data={BATCH_SPEEDS.map((value) => ({ value: String(value), label: value === 100 ? 'Tout le quota disponible' : `${value} % du quota` }))} onChange={(event) => setSpeed(event.currentTarget.value)} />}
      </Group>
    </section>
  );
}

const MINUTE_MS = 60_000;

/** When a pause ends is said with the pause. */
function leftSentence({ state }: Batch, outlook: BatchOutlook | null): string {
  if (state === 'paused') return '';
  const timeLeftMs = outlook?.timeLeftMs ?? null;
  if (timeLeftMs === null) return '';
  return timeLeftMs < MINUTE_MS ? 'Encore moins d’une minute' : `Encore ${durationText(timeLeftMs)} environ`;
}
