import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { ProgressBar } from '../../components/progress-bar';
import { DocumentActions } from './document-actions';
import { cancelDownload, type Download, download, type Offered } from './documents-store';
import { sizeText } from './size-text';

interface Props {
  readonly offered: Offered;
  readonly label: string;
  readonly state: Download | undefined;
}

/** What can be done now with one document: fetch it, wait or cancel, then see, open, save. */
export function DownloadState({ offered, label, state }: Props): ReactNode {
  if (state?.step === 'stored') return <DocumentActions document={state.document} label={label} />;
  if (state && state.step !== 'failed') return <Running label={label} state={state} />;
  return (
    <Button size="compact-sm" variant="light" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => void download(offered)} aria-label={`${state ? 'Reprendre' : 'Télécharger'} : ${label}`}>
      {state ? 'Reprendre' : 'Télécharger'}
    </Button>
  );
}

const stepWords = { queued: 'En attente…', running: 'Téléchargement', renewing: 'Lien expiré, renouvellement…' } as const;

function Running({ label, state }: { readonly label: string; readonly state: Extract<Download, { downloadId: string }> }): ReactNode {
  const { receivedBytes, totalBytes, step } = state;
  const percent = totalBytes ? Math.min(100, (100 * receivedBytes) / totalBytes) : null;
  return (
    <Group gap="xs" wrap="nowrap">
      <Stack gap={2} w={150}>
        <Text size="xs">{stepWords[step]}{receivedBytes > 0 && ` ${sizeText(receivedBytes)}`}</Text>
        <ProgressBar size="sm" percent={percent} label={`Téléchargement\u00a0: ${label}`} />
      </Stack>
      <Button size="compact-xs" variant="default" onClick={() => void cancelDownload(state.downloadId)} aria-label={`Annuler\u00a0: ${label}`}>Annuler</Button>
    </Group>
  );
}
