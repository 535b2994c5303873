import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileText } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';

import type { Answer, DocumentOffer } from '../../../shared/domain/consultation';
import { numberText, readDate } from '../../../shared/reading';
import { DocumentActions } from './document-actions';
import { cancelDownload, type Download, download, downloadKey, loadStored, useDocuments } from './documents-store';

/** Kilobytes or megabytes, as agents read sizes. */
export function sizeText(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${numberText(Math.max(1, Math.round(kilobytes))) ?? ''}\u00a0Ko`;
  return `${numberText(Math.round(kilobytes / 102.4) / 10) ?? ''}\u00a0Mo`;
}

/** Documents that an answer gives access to: download, then see, open, save. */
export function DocumentOffers({ answer }: { readonly answer: Answer }): ReactNode {
  useEffect(() => void loadStored(answer), [answer]);
  return (
    <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Documents">
      {answer.documents.map((offer) => (
        <Offer key={offer.pointer} answer={answer} offer={offer} />
      ))}
    </Stack>
  );
}

function Offer({ answer, offer }: { readonly answer: Answer; readonly offer: DocumentOffer }): ReactNode {
  const state = useDocuments(({ downloads }) => downloads[downloadKey(answer.consultationId, offer.pointer)]);
  const date = offer.documentDate === null ? null : (readDate(offer.documentDate) ?? offer.documentDate);
  return (
    <Paper component="li" withBorder radius="sm" px="sm" py={6}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
          <IconFileText size={18} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm">
            {offer.label}
            {date !== null && <Text span c="dimmed" size="sm"> · {date}</Text>}
          </Text>
        </Group>
        <OfferState answer={answer} offer={offer} state={state} />
      </Group>
      {state?.step === 'failed' && <Text size="xs" c="red.8" role="alert">{state.message} {state.advice}</Text>}
    </Paper>
  );
}

function OfferState({ answer, offer, state }: { readonly answer: Answer; readonly offer: DocumentOffer; readonly state: Download | undefined }): ReactNode {
  if (state?.step === 'stored') return <DocumentActions document={state.document} />;
  if (state && state.step !== 'failed') return <Running state={state} />;
  return (
    <Button
      size="compact-sm"
      variant="light"
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => void download(answer, offer.pointer)}
      aria-label={`Télécharger : ${offer.label}`}
    >
      {state ? 'Réessayer' : 'Télécharger'}
    </Button>
  );
}

const stepWords = { queued: 'En attente…', running: 'Téléchargement', renewing: 'Lien expiré, renouvellement…' } as const;

function Running({ state }: { readonly state: Extract<Download, { downloadId: string }> }): ReactNode {
  const { receivedBytes, totalBytes, step } = state;
  const percent = totalBytes ? Math.min(100, (100 * receivedBytes) / totalBytes) : 100;
  return (
    <Group gap="xs" wrap="nowrap">
      <Stack gap={2} w={150}>
        <Text size="xs" aria-live="polite">{stepWords[step]}{receivedBytes > 0 && ` ${sizeText(receivedBytes)}`}</Text>
        <Progress size="sm" value={percent} animated={totalBytes === null} aria-label="Téléchargement" />
      </Stack>
      <Button size="compact-xs" variant="default" onClick={() => void cancelDownload(state.downloadId)}>Annuler</Button>
    </Group>
  );
}
