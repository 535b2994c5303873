import { Alert, Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';

import type { WantedDocument } from '../../../shared/domain/document';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { readDate } from '../../../shared/reading';
import { callMain } from '../../app/bridge';
import { showFailure, showUndo } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { BatchBar } from './batch-bar';
import { batchProgress, batchSentence } from './batch-progress';
import { downloadKey, downloadTogether, useDocuments } from './documents-store';
import { DownloadState } from './download-state';
import { DownloadVoice } from './download-voice';

/** What was asked for and has not arrived, through a cut network or a restart: go on, or give up. */
export function PendingDownloads({ dossierId }: { readonly dossierId?: string }): ReactNode {
  const batch = `wanted:${dossierId ?? ''}`;
  const { value, reload } = useLoaded(() => callMain('documents.wanted', dossierId === undefined ? {} : { dossierId }), batch);
  const { downloads, batches } = useDocuments();
  const together = batches[batch];
  const wanted = useMemo(() => value ?? [], [value]);
  const left = wanted.filter((one) => downloads[downloadKey(one)]?.step !== 'stored');
  const isIdle = left.every((one) => !('downloadId' in (downloads[downloadKey(one)] ?? {})));
  const forget = (documents: readonly WantedDocument[]): void => {
    const all = (channel: 'documents.forget' | 'documents.wantAgain') =>
      Promise.all(documents.map(({ consultationId, pointer }) => callMain(channel, { consultationId, pointer }))).then(reload);
    const message = documents.length > 1 ? `${documents.length} documents ne sont plus attendus.` : `«\u00a0${documents[0]?.label ?? ''}\u00a0» n’est plus attendu.`;
    all('documents.forget').then(() => showUndo(message, 'Annuler', () => void all('documents.wantAgain').catch(showFailure)), showFailure);
  };
  return (
    <>
      {/* Here rather than in the lines, which leave with what has come: their last word would not be heard. */}
      {wanted.map((one) => <DownloadVoice key={downloadKey(one)} offered={one} label={labelOf(one)} state={downloads[downloadKey(one)]} />)}
      <VisuallyHidden role="status">{left.length === 0 && together !== undefined ? batchSentence(batchProgress(together, downloads)) : ''}</VisuallyHidden>
      {left.length > 0 && <Awaited left={left} batch={batch} isIdle={isIdle} onForget={forget} />}
    </>
  );
}

interface AwaitedProps {
  readonly left: readonly WantedDocument[];
  readonly batch: string;
  readonly isIdle: boolean;
  readonly onForget: (documents: readonly WantedDocument[]) => void;
}

function Awaited({ left, batch, isIdle, onForget }: AwaitedProps): ReactNode {
  return (
    <Alert color="amber" title={left.length > 1 ? `${left.length} documents demandés n’ont pas été reçus` : 'Un document demandé n’a pas été reçu'} role="region">
      <Stack gap="sm">
        <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {left.map((one) => <Wanted key={downloadKey(one)} wanted={one} onForget={() => onForget([one])} />)}
        </Stack>
        <BatchBar batch={batch} offered={left} />
        {isIdle && left.length > 1 && (
          <Group gap="xs">
            <Button size="compact-sm" onClick={() => void downloadTogether(batch, left)}>Tout reprendre</Button>
            <Button size="compact-sm" variant="default" onClick={() => onForget(left)}>Ne plus rien attendre</Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

function Wanted({ wanted, onForget }: { readonly wanted: WantedDocument; readonly onForget: () => void }): ReactNode {
  const state = useDocuments(({ downloads }) => downloads[downloadKey(wanted)]);
  const label = labelOf(wanted);
  const problem = state?.step === 'failed' ? state.message : wanted.problem;
  return (
    <Group component="li" justify="space-between" gap="xs">
      <div style={{ flex: 1, minWidth: 220 }}>
        <Text size="sm">{label}</Text>
        {problem !== null && !(state && 'downloadId' in state) && <Text size="xs" c="dimmed">{problem}</Text>}
      </div>
      <Group gap="xs" wrap="nowrap">
        <DownloadState offered={wanted} label={label} state={state ?? { step: 'failed', message: '', advice: '' }} />
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onForget} aria-label={`Ne plus attendre : ${label}`}>Ne plus attendre</Button>
      </Group>
    </Group>
  );
}

function labelOf({ label, documentDate, identifier }: WantedDocument): string {
  const date = documentDate === null ? '' : ` · ${readDate(documentDate) ?? documentDate}`;
  return `${label}${date} · ${formatIdentifier(identifier)}`;
}
