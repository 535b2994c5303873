import { Alert, Paper, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';

import type { ListedDocument } from '../../../shared/domain/listed-document';
import { callMain } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';
import { DocumentRows } from './document-rows';
import { versionsOf } from './document-versions';
import { DocumentViewer } from './document-viewer';
import { type Downloads, listenToDownloads, useDocuments } from './documents-store';
import { PendingDownloads } from './pending-downloads';

const COLUMNS = ['Document', 'Entreprise', 'Daté du', 'Reçu le', 'Validité', 'Actions'];

/** Every document kept for a dossier, the latest first, after those that are still awaited. */
export function DocumentsScreen({ dossierId }: { readonly dossierId: string }): ReactNode {
  useEffect(listenToDownloads, []);
  const received = useDocuments(({ downloads }) => storedCount(downloads));
  const { value: documents, problem } = useLoaded(() => callMain('documents.list', { dossierId }), `${dossierId} ${received}`);
  if (problem !== null) return <Alert color="red" title="Les documents ne peuvent pas être listés">{problem}</Alert>;
  if (documents === null) return <Skeleton height={120} aria-label="Lecture des documents" />;
  return (
    <Stack>
      <PendingDownloads dossierId={dossierId} />
      {documents.length === 0 ? (
        <Text c="dimmed">Aucun document dans ce dossier : téléchargez-en depuis la fiche d’une entreprise.</Text>
      ) : (
        <DocumentTable documents={documents} />
      )}
      <DocumentViewer />
    </Stack>
  );
}

function storedCount(downloads: Downloads): number {
  return Object.values(downloads).filter(({ step }) => step === 'stored').length;
}

function DocumentTable({ documents }: { readonly documents: readonly ListedDocument[] }): ReactNode {
  const [text, setText] = useState('');
  const shown = useMemo(() => versionsOf(documents.filter((document) => matches(document, text))), [documents, text]);
  const closed = documents.filter(({ isClosed }) => isClosed).length;
  return (
    <>
      {closed > 0 && (
        <Alert color="red" role="alert" title={closed > 1 ? `${closed} documents sont fermés` : 'Un document est fermé'}>
          Rien n’est effacé : la clé qui les protège n’est pas sur ce poste. Le responsable peut la rétablir (Réglages, « Clé des données ») ; sinon, un nouveau téléchargement depuis la fiche remplace ce qui est fermé.
        </Alert>
      )}
      <TextInput label="Filtrer" placeholder="Nom, entreprise, fournisseur…" value={text} onChange={(event) => setText(event.currentTarget.value)} maw={360} />
      <Text size="sm" c="dimmed" role="status">{foundText(shown.length, text)}</Text>
      <Paper withBorder radius="md">
        <Table.ScrollContainer minWidth={940}>
          <Table highlightOnHover verticalSpacing="xs" aria-label="Documents du dossier">
            <Table.Thead><Table.Tr>{COLUMNS.map((name) => <Table.Th key={name}>{name}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{shown.map((versions) => <DocumentRows key={versions.latest.id} {...versions} />)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
    </>
  );
}

function foundText(count: number, text: string): string {
  if (count === 0) return `Aucun document ne correspond à «\u00a0${text}\u00a0»\u00a0: essayez un autre mot, ou effacez la recherche.`;
  return `${count} document${count > 1 ? 's' : ''}`;
}

function matches(document: ListedDocument, text: string): boolean {
  const words = `${document.label} ${document.fileName} ${document.identifier} ${document.provider}`.toLocaleLowerCase('fr');
  return words.includes(text.trim().toLocaleLowerCase('fr'));
}
