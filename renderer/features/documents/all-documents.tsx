import { Button, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { findEndpoint } from '../../../shared/catalogue';
import type { Answer } from '../../../shared/domain/consultation';
import { BatchBar } from './batch-bar';
import { downloadKey, downloadTogether, isBatchRunning, type Offered, useDocuments } from './documents-store';

interface Props {
  /** Place that asks for them. */
  readonly batch: string;
  readonly answers: readonly Answer[];
}

/** Attestations and certificates of a whole sheet in one click; of deeds and accounts, which may be many, the agent chooses in their card. */
export function AllDocuments({ batch, answers }: Props): ReactNode {
  const downloads = useDocuments((state) => state.downloads);
  const looked = useDocuments((state) => state.looked);
  const isRunning = useDocuments((state) => isBatchRunning(state, batch));
  const isFetchable = (offered: Offered): boolean => {
    const step = downloads[downloadKey(offered)]?.step;
    return looked[offered.consultationId] === true && (step === undefined || step === 'failed');
  };
  const missing = offersOf(answers).filter(isFetchable);
  if (isRunning || missing.length < 2) return null;
  return (
    <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} title="Sauf les actes et les bilans, qui se choisissent dans leur carte" onClick={() => void downloadTogether(batch, missing)}>
      Télécharger les {missing.length} documents
    </Button>
  );
}

const NONE: readonly string[] = [];

/** Where they stand, once asked for; what did not come is named here, as its card may be far below. */
export function AllDocumentsProgress({ batch, answers }: Props): ReactNode {
  const asked = useDocuments(({ batches }) => batches[batch] ?? NONE);
  const downloads = useDocuments((state) => state.downloads);
  const offered = offersOf(answers);
  // A new consultation offers others: what came of the former ones is told in their cards.
  if (!offered.some((offer) => asked.includes(downloadKey(offer)))) return null;
  return (
    <Stack gap={4}>
      <BatchBar batch={batch} offered={offered} />
      {offered.map((offer) => {
        const state = downloads[downloadKey(offer)];
        if (state?.step !== 'failed' || !asked.includes(downloadKey(offer))) return null;
        return <Text key={downloadKey(offer)} size="sm" c="var(--mantine-color-error)">{`${offer.label}\u00a0: ${state.message}`}</Text>;
      })}
    </Stack>
  );
}

interface Labelled extends Offered {
  readonly label: string;
}

function offersOf(answers: readonly Answer[]): readonly Labelled[] {
  return answers
    .filter(({ endpointId }) => findEndpoint(endpointId)?.documents.every(({ fetch }) => fetch === 'direct'))
    .flatMap(({ consultationId, documents }) => documents.map(({ pointer, label }) => ({ consultationId, pointer, label })));
}
