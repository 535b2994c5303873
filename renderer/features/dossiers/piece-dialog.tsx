import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconFileText, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { hasShippedSource, SHIPPED_SOURCES_NOTE } from '../../../shared/domain/completeness';
import { dayText, parisDay } from '../../../shared/domain/days';
import type { SuppliedFile } from '../../../shared/domain/supplied-file';
import { restsOnRule, VALIDITY_RULES_NOTE } from '../../../shared/domain/validity';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { DateField } from '../../components/date-field';
import { Dialog } from '../../components/dialog';
import { todayInFrance } from '../../components/today';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';
import { ValidityBadge } from '../../components/validity-badge';
import { viewDocument } from '../documents/documents-store';
import type { GridPlace } from './completeness-grid';
import type { Dossier } from './dossier-rows';
import { gather } from './gather-store';
import type { Completeness, PieceList, RequiredPiece } from './use-completeness';

interface Props {
  readonly dossier: Dossier;
  readonly completeness: Completeness;
  readonly list: PieceList;
  readonly place: GridPlace | null;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** One piece of one company: why it is so, what demands it, and every act that helps. */
export function PieceDialog({ dossier, completeness, list, place, onClose, onChanged }: Props): ReactNode {
  const piece = list.pieces.find(({ id }) => id === place?.pieceId);
  const row = completeness.rows.find(({ identifier }) => identifier === place?.identifier);
  return (
    <Dialog opened={place !== null} onClose={onClose} size="lg" title={piece && row ? `${piece.label} · ${row.name}` : ''}>
      {place !== null && piece && <PieceFacts dossier={dossier} completeness={completeness} piece={piece} place={place} onClose={onClose} onChanged={onChanged} />}
    </Dialog>
  );
}

interface FactsProps extends Omit<Props, 'list' | 'place'> {
  readonly piece: RequiredPiece;
  readonly place: GridPlace;
}

function PieceFacts({ dossier, completeness, piece, place, onClose, onChanged }: FactsProps): ReactNode {
  const isHere = (one: GridPlace): boolean => one.identifier === place.identifier && one.pieceId === place.pieceId;
  const validity = completeness.rows.find(({ identifier }) => identifier === place.identifier)?.cells.find(({ pieceId }) => pieceId === place.pieceId)?.validity;
  const calls = completeness.calls.filter(isHere);
  const supplied = completeness.supplied.find(isHere);
  if (!validity) return null;
  return (
    <Stack gap="md">
      <div>
        <ValidityBadge validity={validity} />
        <Text mt={8}>{validity.reason}</Text>
        {restsOnRule(validity) && <Text size="xs" c="dimmed" mt={4}>{VALIDITY_RULES_NOTE}</Text>}
      </div>
      <Text size="sm" c="dimmed"><Text span size="sm" fw={560}>D’où vient l’exigence. </Text>{piece.source}</Text>
      {dossier.procedure !== null && hasShippedSource(dossier.procedure, piece) && <Text size="xs" c="dimmed">{SHIPPED_SOURCES_NOTE}</Text>}
      <Text size="sm" c="dimmed"><Text span size="sm" fw={560}>L’entreprise peut envoyer </Text>{piece.alternative}.</Text>
      <Group gap="sm">
        {validity.documentId !== null && <Button variant="default" leftSection={<IconFileText size={16} aria-hidden />} onClick={() => void showDocument(dossier.id, validity.documentId, onClose)}>Voir le document</Button>}
        {dossier.state === 'open' && calls.length > 0 && (
          <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => { void gather(dossier.id, calls); onClose(); }}>{validity.next === 'renew' ? 'Renouveler' : 'Récupérer'} ({calls.length} appel{calls.length > 1 ? 's' : ''} au plus)</Button>
        )}
        <Button variant="subtle" onClick={() => navigate({ name: 'company', dossierId: dossier.id, identifier: place.identifier })}>Ouvrir la fiche</Button>
      </Group>
      {dossier.state === 'open' && <SuppliedForm dossierId={dossier.id} place={place} supplied={supplied} onDone={() => { onChanged(); onClose(); }} />}
    </Stack>
  );
}

async function showDocument(dossierId: string, documentId: string | null, onShown: () => void): Promise<void> {
  const documents = await callMain('documents.list', { dossierId });
  viewDocument(documents.find(({ id }) => id === documentId) ?? null);
  onShown();
  navigate({ name: 'documents', dossierId });
}

interface SuppliedProps {
  readonly dossierId: string;
  readonly place: GridPlace;
  readonly supplied: Completeness['supplied'][number] | undefined;
  readonly onDone: () => void;
}

const NOTE_LENGTH = 200;

/** The other way that the terms of use demand: what the company sends itself counts as much. */
function SuppliedForm({ dossierId, place, supplied, onDone }: SuppliedProps): ReactNode {
  const [receivedOn, setReceivedOn] = useState(supplied?.receivedOn ?? todayInFrance());
  const [validUntil, setValidUntil] = useState(supplied?.validUntil ?? '');
  const [note, setNote] = useState(supplied?.note ?? '');
  const [fileId, setFileId] = useState(supplied?.fileId ?? null);
  const { busy, problem, run } = useAction();
  const errorOf = (field: string): string | undefined => (problem?.field === field ? problem.message : undefined);
  const save = (): void =>
    run(async () => {
      await callMain('dossiers.supplyPiece', { id: dossierId, ...place, receivedOn, validUntil: validUntil === '' ? null : validUntil, note, fileId });
      onDone();
    });
  const withdraw = (): void =>
    run(async () => {
      await callMain('dossiers.withdrawPiece', { id: dossierId, ...place });
      onDone();
    });
  return (
    <fieldset style={{ border: '1px solid var(--app-line)', borderRadius: 8, padding: '10px 16px 16px', margin: 0 }}>
      <legend style={{ padding: '0 6px', fontSize: '0.85rem', fontWeight: 560 }}>Pièce envoyée par la structure</legend>
      <HandedOver
        dossierId={dossierId}
        identifier={place.identifier}
        fileId={fileId}
        onChosen={(file) => {
          setFileId(file?.id ?? null);
          if (!file) return;
          setReceivedOn(parisDay(file.addedAt));
          setNote(`document déposé : ${file.originalName}`.slice(0, NOTE_LENGTH));
        }}
      />
      <Group align="flex-start" gap="md">
        <DateField label="Reçue le" value={receivedOn} onChange={setReceivedOn} error={errorOf('receivedOn')} />
        <DateField label="Valable jusqu’au" value={validUntil} onChange={setValidUntil} error={errorOf('validUntil')} />
        <TextInput label="Comment" placeholder="Profil d’acheteur, courriel du 12…" value={note} onChange={(event) => setNote(event.currentTarget.value)} style={{ flex: '1 1 200px' }} maxLength={NOTE_LENGTH} />
      </Group>
      {problem !== null && problem.field !== 'receivedOn' && problem.field !== 'validUntil' && <Alert color="red" role="alert" mt="sm">{problem.message}</Alert>}
      <Group mt="md" gap="sm">
        <Button variant="light" loading={busy} disabled={receivedOn === ''} onClick={save}>{supplied ? 'Corriger' : 'Noter comme reçue'}</Button>
        {supplied && <Button variant="subtle" color="red" onClick={withdraw}>Retirer</Button>}
      </Group>
      {supplied && <StandIn dossierId={dossierId} fileId={supplied.fileId} />}
    </fieldset>
  );
}

/** The document that was noted with the piece: to be seen, and not deleted with the note. */
function StandIn({ dossierId, fileId }: { readonly dossierId: string; readonly fileId: string | null }): ReactNode {
  if (fileId === null) return null;
  return (
    <Group mt="sm" gap="sm">
      <Button size="compact-sm" variant="light" onClick={() => navigate({ name: 'comparison', dossierId, pieceId: fileId })}>Voir le document déposé</Button>
      <Text size="xs" c="dimmed">Retirer la pièce ne le supprime pas : il reste parmi les documents fournis.</Text>
    </Group>
  );
}

interface HandedOverProps {
  readonly dossierId: string;
  readonly identifier: string;
  readonly fileId: string | null;
  readonly onChosen: (file: SuppliedFile | undefined) => void;
}

/** The documents of this company that were dropped into the dossier: the agent, and nobody else, says that one stands for the piece. */
function HandedOver({ dossierId, identifier, fileId, onChosen }: HandedOverProps): ReactNode {
  const { value } = useLoaded(() => callMain('pieces.list', { dossierId }), dossierId);
  const files = (value ?? []).filter((file) => file.identifier === identifier);
  if (files.length === 0) return null;
  return (
    <Select
      label="Document déposé qui en tient lieu"
      placeholder="Aucun"
      mb="sm"
      data={files.map(({ id, originalName, addedAt }) => ({ value: id, label: `${originalName}, déposé le ${dayText(parisDay(addedAt))}` }))}
      clearable
      value={fileId}
      onChange={(id) => onChosen(files.find((one) => one.id === id))}
    />
  );
}
