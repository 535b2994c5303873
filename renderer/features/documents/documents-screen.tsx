import { Alert, Paper, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';

import type { StoredDocument } from '../../../shared/domain/document';
import { identifierText, readInstant } from '../../../shared/reading';
import { callMain, messageOf } from '../../app/bridge';
import { DocumentActions } from './document-actions';
import { DocumentValidity } from './document-validity';
import { DocumentViewer } from './document-viewer';
import { sizeText } from './document-offers';

/** Every document kept for a dossier, the latest first. */
export function DocumentsScreen({ dossierId }: { readonly dossierId: string }): ReactNode {
  const [documents, setDocuments] = useState<readonly StoredDocument[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    let current = true;
    callMain('documents.list', { dossierId }).then(
      (list) => current && setDocuments(list),
      (error: unknown) => current && setProblem(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [dossierId]);
  const shown = useMemo(() => (documents ?? []).filter((document) => matches(document, text)).sort(latestFirst), [documents, text]);
  if (problem !== null) return <Alert color="red" title="Les documents ne peuvent pas être listés">{problem}</Alert>;
  if (documents === null) return <Skeleton height={120} aria-label="Lecture des documents" />;
  if (documents.length === 0) return <Text c="dimmed">Aucun document dans ce dossier : téléchargez-en depuis la fiche d’une entreprise.</Text>;
  return (
    <Stack>
      <TextInput label="Filtrer" placeholder="Nom, entreprise, fournisseur…" value={text} onChange={(event) => setText(event.currentTarget.value)} maw={360} />
      <Paper withBorder radius="md">
        <Table.ScrollContainer minWidth={760}>
          <Table highlightOnHover verticalSpacing="xs" aria-label="Documents du dossier">
            <Table.Thead>
              <Table.Tr>
                {['Document', 'Entreprise', 'Fournisseur', 'Reçu le', 'Validité', 'Taille', 'Actions'].map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{shown.map((document) => <Row key={document.id} document={document} />)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      <DocumentViewer />
      {shown.length === 0 && <Text c="dimmed">Aucun document ne correspond à « {text} ».</Text>}
    </Stack>
  );
}

function Row({ document }: { readonly document: StoredDocument }): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>{document.label}</Text>
        <Text size="xs" c="dimmed">{document.fileName}</Text>
      </Table.Td>
      <Table.Td>{identifierText(document.identifier)}</Table.Td>
      <Table.Td>{document.provider}</Table.Td>
      <Table.Td>{readInstant(document.fetchedAt)}</Table.Td>
      <Table.Td><DocumentValidity document={document} /></Table.Td>
      <Table.Td>{sizeText(document.byteLength)}</Table.Td>
      <Table.Td><DocumentActions document={document} /></Table.Td>
    </Table.Tr>
  );
}

function matches(document: StoredDocument, text: string): boolean {
  const words = `${document.label} ${document.fileName} ${document.identifier} ${document.provider}`.toLocaleLowerCase('fr');
  return words.includes(text.trim().toLocaleLowerCase('fr'));
}

function latestFirst(one: StoredDocument, other: StoredDocument): number {
  return other.fetchedAt.localeCompare(one.fetchedAt);
}
