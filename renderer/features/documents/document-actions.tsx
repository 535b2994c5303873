import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDeviceFloppy, IconExternalLink, IconEye } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { StoredDocument } from '../../../shared/domain/document';
import { callMain, messageOf } from '../../app/bridge';
import { viewDocument } from './documents-store';

async function saveAs(document: StoredDocument): Promise<void> {
  try {
    const saved = await callMain('documents.saveAs', { id: document.id });
    if (saved) notifications.show({ color: 'teal', title: 'Document enregistré', message: saved.path });
  } catch (error) {
    notifications.show({ color: 'red', title: 'Document non enregistré', message: messageOf(error) });
  }
}

async function openOutside(document: StoredDocument): Promise<void> {
  try {
    await callMain('documents.openOutside', { id: document.id });
  } catch (error) {
    notifications.show({ color: 'red', title: 'Document non ouvert', message: messageOf(error) });
  }
}

/** True for what the viewer can show. */
export function isViewable({ mediaType }: StoredDocument): boolean {
  return mediaType !== 'application/zip';
}

export function DocumentActions({ document, inViewer = false }: { readonly document: StoredDocument; readonly inViewer?: boolean }): ReactNode {
  return (
    <Group gap={6} wrap="nowrap">
      {!inViewer && isViewable(document) && (
        <Button size="compact-sm" variant="light" leftSection={<IconEye size={14} aria-hidden />} onClick={() => viewDocument(document)} aria-label={`Voir : ${document.label}`}>
          Voir
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" leftSection={<IconExternalLink size={14} aria-hidden />} onClick={() => void openOutside(document)} aria-label={`Ouvrir : ${document.label}`}>
        Ouvrir
      </Button>
      <Button size="compact-sm" variant="subtle" leftSection={<IconDeviceFloppy size={14} aria-hidden />} onClick={() => void saveAs(document)} aria-label={`Enregistrer sous : ${document.label}`}>
        Enregistrer sous…
      </Button>
    </Group>
  );
}
