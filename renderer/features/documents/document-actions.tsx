import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconDeviceFloppy, IconExternalLink, IconEye, IconGripVertical, IconLock } from '@tabler/icons-react';
import { type ComponentType, type DragEvent, type ReactNode, useState } from 'react';

import { documentWarningSentences, type StoredDocument } from '../../../shared/domain/document';
import type { ListedDocument } from '../../../shared/domain/listed-document';
import { callMain } from '../../app/bridge';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { showDone, showFailure } from '../../components/toasts';
import { viewDocument } from './documents-store';

async function saveAs(document: StoredDocument): Promise<void> {
  try {
    const saved = await callMain('documents.saveAs', { id: document.id });
    if (saved) showDone('Document enregistré', saved.path);
  } catch (error) {
    showFailure(error);
  }
}

type Place = 'card' | 'table' | 'viewer';

/** True for what the viewer can show. */
function isViewable({ mediaType }: StoredDocument): boolean {
  return mediaType !== 'application/zip';
}

interface Props {
  readonly document: StoredDocument | ListedDocument;
  readonly place?: Place;
  /** What tells it from its neighbours, for whoever listens. */
  readonly label?: string;
}

export function DocumentActions({ document, place = 'card', label = document.label }: Props): ReactNode {
  if ('isClosed' in document && document.isClosed) return <Closed />;
  return (
    <Group gap={place === 'card' ? 0 : 4} wrap={place === 'table' ? 'nowrap' : 'wrap'}>
      {place !== 'viewer' && isViewable(document) && (
        <Button size="compact-sm" variant="light" leftSection={<IconEye size={14} aria-hidden />} onClick={() => viewDocument(document)} aria-label={`Voir : ${label}`}>
          Voir
        </Button>
      )}
      <OpenOutside document={document} place={place} label={label} />
      <Act place={place} word="Enregistrer sous…" label={`Enregistrer sous : ${label}`} icon={IconDeviceFloppy} onClick={() => void saveAs(document)} />
      <DragHandle document={document} />
    </Group>
  );
}

interface ActProps {
  readonly place: Place;
  readonly word: string;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  readonly onClick: () => void;
}

/** A table has room for pictures only: their word comes in a bubble. */
function Act({ place, word, label, icon: Icon, onClick }: ActProps): ReactNode {
  if (place === 'table') {
    return (
      <Tooltip label={word}>
        <ActionIcon variant="subtle" aria-label={label} onClick={onClick}><Icon size={17} aria-hidden /></ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Button size="compact-sm" variant="subtle" leftSection={<Icon size={14} aria-hidden />} onClick={onClick} aria-label={label}>
      {word}
    </Button>
  );
}

function Closed(): ReactNode {
  return (
    <Group gap={6} wrap="nowrap">
      <IconLock size={15} aria-hidden style={{ flexShrink: 0 }} />
      <Text size="sm" c="dimmed">Fermé : sa clé n’est pas sur ce poste</Text>
    </Group>
  );
}

/** A document that carries a script or attachments is opened elsewhere only once the agent knows. */
function OpenOutside({ document, place, label }: Required<Props>): ReactNode {
  const [asking, setAsking] = useState(false);
  const open = (): Promise<unknown> => callMain('documents.openOutside', { id: document.id });
  return (
    <>
      <Act
        place={place}
        word="Ouvrir"
        label={`Ouvrir : ${label}`}
        icon={IconExternalLink}
        onClick={() => (document.warnings.length > 0 ? setAsking(true) : void open().catch(showFailure))}
      />
      <ConfirmDialog
        opened={asking}
        title="Ouvrir ce document dans un autre programme ?"
        confirmLabel="Ouvrir quand même"
        onConfirm={async () => {
          await open();
        }}
        onClose={() => setAsking(false)}
      >
        {document.warnings.map((warning) => <Text key={warning} size="sm">{documentWarningSentences[warning]}</Text>)}
      </ConfirmDialog>
    </>
  );
}

/** Drags the document into a mail or another program; « Enregistrer sous… » does the same from the keyboard. */
function DragHandle({ document }: { readonly document: StoredDocument }): ReactNode {
  const start = (event: DragEvent): void => {
    // The drag of the page gives way to that of the file, which main begins.
    event.preventDefault();
    callMain('documents.dragOut', { id: document.id }).catch(showFailure);
  };
  return (
    <Tooltip label="Glisser vers un courriel ou un autre logiciel">
      <span draggable onDragStart={start} data-testid={`drag-${document.id}`} style={{ cursor: 'grab', display: 'inline-flex', padding: 4 }}>
        <IconGripVertical size={16} aria-hidden />
      </span>
    </Tooltip>
  );
}
