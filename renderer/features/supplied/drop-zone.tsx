import { Alert, FileButton, Button, Group, Loader, Paper, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';

import type { SuppliedFile } from '../../../shared/domain/supplied-file';
import { LARGEST_PIECE_BYTES, PIECE_TOO_LARGE } from '../../../shared/ipc/pieces';
import { callMain, CallError } from '../../app/bridge';
import { useAction } from '../../components/use-action';

interface Props {
  readonly dossierId: string;
  /** Null: the company is still to be chosen. */
  readonly identifier: string | null;
  readonly onAdded: (file: SuppliedFile) => void;
}

/** Takes one file, dropped or chosen, and hands its bytes to main, which decides what it is. */
export function DropZone({ dossierId, identifier, onAdded }: Props): ReactNode {
  const { busy, problem, run } = useAction();
  const [isOver, setIsOver] = useState(false);
  const take = (file: File | null | undefined): void => {
    if (!file) return;
    run(async () => onAdded(await addFile(dossierId, identifier, file)));
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };
  const onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(true);
  };
  return (
    <>
      <Paper
        p="lg"
        radius="md"
        role="group"
        aria-label="Déposer un document"
        onDragOver={onDragOver}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        style={{ border: `2px dashed ${isOver ? 'var(--mantine-primary-color-filled)' : 'var(--app-line)'}`, background: isOver ? 'var(--mantine-primary-color-light)' : undefined }}
      >
        <Group justify="center" gap="md">
          {busy ? <Loader size="sm" aria-hidden /> : <IconFileUpload size={26} stroke={1.5} aria-hidden />}
          <Text size="sm" role="status">{busy ? 'Lecture du document…' : 'Glissez un PDF ou une image ici, ou'}</Text>
          {!busy && (
            <FileButton accept="application/pdf,image/jpeg,image/png" onChange={take}>
              {(props) => <Button {...props} variant="default" disabled={identifier === null}>Choisir un fichier</Button>}
            </FileButton>
          )}
        </Group>
      </Paper>
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
    </>
  );
}

async function addFile(dossierId: string, identifier: string | null, file: File): Promise<SuppliedFile> {
  if (identifier === null) throw refusal('Choisissez d’abord l’entreprise qui a fourni ce document.');
  if (file.size > LARGEST_PIECE_BYTES) throw refusal(PIECE_TOO_LARGE);
  const bytes = new Uint8Array(await file.arrayBuffer());
  return callMain('pieces.add', { dossierId, identifier, fileName: file.name, bytes });
}

function refusal(message: string): CallError {
  return new CallError({ code: 'invalid_input', message, field: null });
}
