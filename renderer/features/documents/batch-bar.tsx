import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
import { batchProgress, batchSentence } from './batch-progress';
import { cancelBatch, downloadTogether, type Offered, useDocuments } from './documents-store';

const NONE: readonly string[] = [];

interface Props {
  /** Place that asked for the documents. */
  readonly batch: string;
  readonly offered: readonly Offered[];
}

/** Overall progress of what was asked for together, the way to stop it, and to go on with what is missing. */
export function BatchBar({ batch, offered }: Props): ReactNode {
  const keys = useDocuments(({ batches }) => batches[batch] ?? NONE);
  const downloads = useDocuments((state) => state.downloads);
  if (keys.length === 0) return null;
  const progress = batchProgress(keys, downloads);
  const missing = offered.filter(({ consultationId, pointer }) => downloads[`${consultationId}:${pointer}`]?.step === 'failed');
  return (
    <Group gap="md" wrap="nowrap" align="center">
      <Stack gap={3} style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" aria-live={progress.running > 0 ? 'off' : 'polite'}>{batchSentence(progress)}</Text>
        {progress.running > 0 && <ProgressBar size="sm" percent={100 * progress.ratio} label="Avancement des téléchargements" />}
        {progress.running > 0 && <SpokenProgress done={progress.stored + progress.failed} total={progress.total} />}
      </Stack>
      {progress.running > 0 && <Button size="compact-sm" variant="default" onClick={() => void cancelBatch(batch)}>Tout annuler</Button>}
      {progress.running === 0 && missing.length > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => void downloadTogether(batch, missing)}>
          {missing.length > 1 ? `Reprendre les ${missing.length}` : 'Reprendre'}
        </Button>
      )}
    </Group>
  );
}
