import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { AsideLine, Batch } from '../../../shared/domain/batch';
import { callMain } from '../../app/bridge';
import { showDone, showFailure } from '../../components/toasts';
import { numberText } from './batch-text';
import { usePages } from './use-pages';
import { VirtualTable } from './virtual-table';

const PAGE_ROWS = 200;

/** Lines of the list that were not called, and why. */
export function KeptAside({ batch: { id, asideCount } }: { readonly batch: Batch }): ReactNode {
  const pages = usePages<AsideLine>(async (offset) => ({ rows: await callMain('batches.aside', { id, offset, limit: PAGE_ROWS }) }), PAGE_ROWS, id, asideCount);
  const save = (): void => {
    callMain('batches.exportAside', { source: { kind: 'batch', id } }).then((made) => made && showDone('Lignes enregistrées', made.path), showFailure);
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">Ces lignes n’ont pas été appelées. Corrigez-les dans le fichier, puis importez-les dans un nouveau lot.</Text>
        <Button variant="default" size="xs" onClick={save}>Enregistrer ces lignes (CSV)</Button>
      </Group>
      <VirtualTable
        label="Lignes mises de côté"
        pages={pages}
        height={420}
        minWidth={760}
        columns="64px minmax(180px, 1fr) minmax(260px, 1.8fr)"
        headings={['Ligne', 'Contenu', 'Motif']}
        cells={({ number, text, reason }) => [numberText(number), text, <span key="reason" title={reason}>{reason}</span>]}
      />
    </Stack>
  );
}
