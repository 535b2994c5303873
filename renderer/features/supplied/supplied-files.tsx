import { Alert, Badge, Button, Group, Select, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconArrowsDiff, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { type ListedFile, pieceKinds, type SuppliedFile } from '../../../shared/domain/supplied-file';
import type { ChannelOutput } from '../../../shared/ipc';
import { readInstant } from '../../../shared/reading';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { SectionCard } from '../../components/section-card';
import { useLoaded } from '../../components/use-loaded';
import { DropZone } from './drop-zone';

type Dossier = ChannelOutput<'dossiers.get'>;

/** What companies handed over, apart from what was fetched at the source. */
export function SuppliedFiles({ dossierId }: { readonly dossierId: string }): ReactNode {
  const { value, problem, reload } = useLoaded(() => Promise.all([callMain('dossiers.get', { id: dossierId }), callMain('pieces.list', { dossierId })]), dossierId);
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={160} mt="xl" aria-label="Lecture des documents fournis" />;
  const [dossier, files] = value;
  return (
    <div style={{ marginTop: 28 }}>
      <SectionCard title="Fournis par les entreprises">
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Déposez ici un PDF qu’un candidat vous a remis : l’application le lit, demande le même document à sa source et montre les deux côte à côte.
            Il reste à part : il n’est jamais pris pour un document de la source.
          </Text>
          {dossier.state === 'open' && dossier.companies.length > 0 && <Deposit dossier={dossier} onAdded={(file) => openComparison(file)} />}
          {files.length > 0 && <Files dossier={dossier} files={files} onRemoved={reload} />}
        </Stack>
      </SectionCard>
    </div>
  );
}

function openComparison({ dossierId, id }: SuppliedFile): void {
  navigate({ name: 'comparison', dossierId, pieceId: id });
}

function Deposit({ dossier, onAdded }: { readonly dossier: Dossier; readonly onAdded: (file: SuppliedFile) => void }): ReactNode {
  const [identifier, setIdentifier] = useState<string | null>(dossier.companies.length === 1 ? (dossier.companies[0]?.identifier ?? null) : null);
  return (
    <Stack gap="sm">
      <Select
        label="Entreprise qui l’a fourni"
        placeholder="Choisissez l’entreprise"
        data={dossier.companies.map((company) => ({ value: company.identifier, label: `${company.name} (${formatIdentifier(company.identifier)})` }))}
        value={identifier}
        onChange={setIdentifier}
        maw={460}
      />
      <DropZone dossierId={dossier.id} identifier={identifier} onAdded={onAdded} />
    </Stack>
  );
}

interface FilesProps {
  readonly dossier: Dossier;
  readonly files: readonly ListedFile[];
  readonly onRemoved: () => void;
}

function Files({ dossier, files, onRemoved }: FilesProps): ReactNode {
  const [removed, setRemoved] = useState<ListedFile | null>(null);
  const nameOf = (identifier: string): string => dossier.companies.find((company) => company.identifier === identifier)?.name ?? identifier;
  return (
    <>
      <Table.ScrollContainer minWidth={720}>
        <Table highlightOnHover verticalSpacing="xs" aria-label="Documents fournis par les entreprises">
          <Table.Thead>
            <Table.Tr>{['Fichier', 'Entreprise', 'Reconnu comme', 'Déposé le', 'Actions'].map((name) => <Table.Th key={name}>{name}</Table.Th>)}</Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.map((file) => (
              <Table.Tr key={file.id}>
                <Table.Td><Text size="sm" fw={500}>{file.originalName}</Text><SuppliedBadge />{file.standsFor.length > 0 && <Text size="xs" c="dimmed" mt={4}>Tient lieu de : {file.standsFor.join(', ')}</Text>}</Table.Td>
                <Table.Td>{nameOf(file.identifier)}</Table.Td>
                <Table.Td>{recognised(file)}</Table.Td>
                <Table.Td>{readInstant(file.addedAt)}</Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    <Button size="compact-sm" variant="light" leftSection={<IconArrowsDiff size={14} aria-hidden />} onClick={() => openComparison(file)} aria-label={`Comparer à la source : ${file.originalName}`}>Comparer</Button>
                    {dossier.state === 'open' && <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setRemoved(file)} aria-label={`Retirer : ${file.originalName}`}>Retirer</Button>}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ConfirmDialog
        opened={removed !== null}
        title="Retirer ce document ?"
        confirmLabel="Retirer"
        isDangerous
        onClose={() => setRemoved(null)}
        onConfirm={async () => {
          if (removed) await callMain('pieces.remove', { id: removed.id });
          onRemoved();
        }}
      >
        « {removed?.originalName} » sera supprimé de ce poste, sans retour possible. L’historique garde la trace de son dépôt et de son retrait.
        {removed !== null && removed.standsFor.length > 0 && (
          <Text mt="sm" fw={560}>Il tient lieu de pièce pour cette entreprise : {removed.standsFor.join(', ')}. Une fois le document retiré, ce sera de nouveau à recevoir.</Text>
        )}
      </ConfirmDialog>
    </>
  );
}

export function SuppliedBadge(): ReactNode {
  return <Badge variant="light" color="amber" radius="sm" tt="none" fw={560}>Fourni par la structure</Badge>;
}

function recognised({ kind, textState }: SuppliedFile): string {
  if (kind !== null) return pieceKinds[kind].label;
  if (textState === 'image') return 'Image : texte illisible';
  return textState === 'unreadable' ? 'Texte illisible' : 'Type non reconnu';
}
