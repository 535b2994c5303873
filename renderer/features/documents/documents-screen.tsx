import { Alert, Paper, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';

import { foldText } from '../../../shared/domain/fold-text';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import type { ListedDocument } from '../../../shared/domain/listed-document';
import type { ChannelOutput } from '../../../shared/ipc';
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
  const { value, problem } = useLoaded(() => Promise.all([callMain('documents.list', { dossierId }), callMain('dossiers.get', { id: dossierId })]), `${dossierId} ${received}`);
  if (problem !== null) return <Alert color="red" title="Les documents ne peuvent pas être listés">{problem}</Alert>;
  if (value === null) return <Skeleton height={120} aria-label="Lecture des documents" />;
  const [documents, { companies }] = value;
  return (
    <Stack>
      <PendingDownloads dossierId={dossierId} />
      {documents.length === 0 ? (
        <Text c="dimmed">Aucun document dans ce dossier : téléchargez-en depuis la fiche d’une entreprise.</Text>
      ) : (
        <DocumentTable documents={documents} nameOf={({ identifier }) => nameIn(companies, identifier)} />
      )}
      <DocumentViewer />
    </Stack>
  );
}

function storedCount(downloads: Downloads): number {
  return Object.values(downloads).filter(({ step }) => step === 'stored').length;
}

/** Null for a company that has left the dossier: its number stays. */
function nameIn(companies: ChannelOutput<'dossiers.get'>['companies'], called: string): string | null {
  return companies.find(({ identifier, siret }) => called === siret || called.startsWith(identifier))?.name ?? null;
}

interface TableProps {
  readonly documents: readonly ListedDocument[];
  readonly nameOf: (document: ListedDocument) => string | null;
}

function DocumentTable({ documents, nameOf }: TableProps): ReactNode {
  const [text, setText] = useState('');
  const shown = useMemo(() => versionsOf(documents.filter((document) => matches(document, nameOf(document), text))), [documents, nameOf, text]);
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
            <Table.Tbody>{shown.map((versions) => <DocumentRows key={versions.latest.id} {...versions} companyName={nameOf(versions.latest)} />)}</Table.Tbody>
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

/** Every word typed is found somewhere, whatever its accents; an identifier also as it is shown, in groups. */
function matches({ label, fileName, identifier, provider }: ListedDocument, companyName: string | null, text: string): boolean {
  const words = foldText([label, fileName, identifier, formatIdentifier(identifier), provider, companyName ?? ''].join(' '));
  return foldText(text).split(/\s+/).every((word) => words.includes(word));
}
