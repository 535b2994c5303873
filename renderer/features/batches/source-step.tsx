import { Alert, Button, Group, Loader, Stack, Text, Textarea } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useEffect, useState } from 'react';

import type { ChannelInput } from '../../../shared/ipc';
import { LARGEST_DROPPED_BYTES } from '../../../shared/ipc/batches';
import { CallError, callMain, onMain } from '../../app/bridge';
import { SectionCard } from '../../components/section-card';
import { showFailure } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { counted } from './batch-text';
import { change, useNewBatch } from './new-batch-store';

type Source = ChannelInput<'batches.import'>['source'];

const TOO_LARGE = 'Ce fichier dépasse 20\u00a0Mo\u00a0: prenez-le avec « Choisir un fichier », qui accepte jusqu’à 200\u00a0Mo.';

/** A file chosen or dropped, or a pasted text. */
export function SourceStep(): ReactNode {
  const { busy, problem, run } = useAction();
  const [text, setText] = useState('');
  const preview = useNewBatch((state) => state.preview);
  const read = (source: Source): void =>
    run(async () => {
      const read = await callMain('batches.import', { source });
      if (read) change({ preview: read, step: 1, title: titleOf(read.fileName) });
    });
  const drop = (file: File): void => {
    // Main would refuse it: it is not read for nothing.
    if (file.size > LARGEST_DROPPED_BYTES) run(() => Promise.reject(new CallError({ code: 'invalid_input', message: TOO_LARGE, field: null })));
    else void file.arrayBuffer().then((buffer) => read({ kind: 'dropped', fileName: file.name, bytes: new Uint8Array(buffer) }), showFailure);
  };
  return (
    <Stack gap="md">
      {problem !== null && <Alert color="red" role="alert" title="Cette liste n’a pas été lue">{problem.message}</Alert>}
      {busy ? <Reading /> : <DropZone onFile={drop} onChoose={() => read({ kind: 'file' })} />}
      <SectionCard title="Ou coller une liste">
        <Textarea
          label="Un identifiant par ligne, ou des colonnes copiées d’un tableur"
          placeholder={'SIREN\n…'}
          rows={7}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group justify="flex-end" mt="sm">
          {preview !== null && <Button variant="default" onClick={() => change({ step: 1 })}>Revenir à « {preview.fileName} »</Button>}
          <Button disabled={text.trim() === '' || busy} onClick={() => read({ kind: 'text', text })}>Lire ce texte</Button>
        </Group>
      </SectionCard>
    </Stack>
  );
}

function DropZone({ onFile, onChoose }: { readonly onFile: (file: File) => void; readonly onChoose: () => void }): ReactNode {
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div className="batch-drop card" role="group" aria-label="Fichier de la liste" data-over={isOver} onDragOver={over} onDragLeave={() => setOver(false)} onDrop={drop}>
      <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden />
      <Text fw={560}>Déposez ici un fichier Excel (.xlsx), OpenDocument (.ods) ou CSV</Text>
      <Text size="sm" c="dimmed" maw={560}>Les colonnes SIREN, SIRET, RNA, nom et objet sont reconnues. Les zéros de tête mangés par le tableur sont rétablis, et c’est dit. Aucune formule n’est exécutée.</Text>
      <Button variant="default" onClick={onChoose}>Choisir un fichier</Button>
    </div>
  );
}

function Reading(): ReactNode {
  const [read, setRead] = useState(0);
  useEffect(() => onMain('batches.importProgress', (progress) => setRead(progress.read)), []);
  return (
    <Group className="card" justify="center" py={44} gap="md">
      <Loader size={20} aria-hidden />
      <Text><span role="status">Lecture de la liste</span>{read > 0 && ` : ${counted(read, 'ligne')}`}</Text>
      <Button variant="default" size="xs" onClick={() => void callMain('batches.cancelImport', { importId: null }).catch(showFailure)}>Annuler</Button>
    </Group>
  );
}

function titleOf(fileName: string): string {
  return fileName.replace(/\.[a-z]{2,4}$/i, '');
}
