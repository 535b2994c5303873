import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { findEndpoint } from '../../../shared/catalogue';
import { type Batch, type BatchItem, type BatchLine, itemStateLabels } from '../../../shared/domain/batch';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { readCard } from '../../../shared/reading';
import { callMain } from '../../app/bridge';
import { Dialog } from '../../components/dialog';
import { useLoaded } from '../../components/use-loaded';
import { counted, endpointTitle, momentText } from './batch-text';

interface Props {
  readonly batch: Batch;
  readonly item: BatchItem;
  readonly line: BatchLine;
  readonly onClose: () => void;
}

/** One call: what became of it, in words, what it brought, and its line of the journal. */
export function ItemDialog({ batch, item, line, onClose }: Props): ReactNode {
  const { endpointId, identifier, state, error, note, settledAt, object, missingDocuments, documentCount } = item;
  const facts = [
    ['Entreprise', `${line.name === '' ? '' : `${line.name} · `}${formatIdentifier(identifier)}`],
    ['État', `${itemStateLabels[state]}${settledAt === null ? '' : ` le ${momentText(settledAt)}`}`],
    ...(object === '' ? [] : [['Objet de l’appel', object] as const]),
    ...(documentCount > 0 || missingDocuments > 0 ? [['Documents', `${counted(documentCount, 'obtenu')}${missingDocuments > 0 ? `, ${counted(missingDocuments, 'manquant')} : « Relancer » les redemande` : ''}`] as const] : []),
  ] as const;
  return (
    <Dialog opened onClose={onClose} title={`${endpointTitle(endpointId)} — ligne ${line.number}`} size="lg">
      <Stack gap="md">
        <Facts facts={facts} />
        {error !== null && (
          <Alert color={state === 'absent' ? 'gray' : 'red'} title={error.message}>
            {error.advice}
            {error.status !== null && <Text size="xs" c="dimmed" mt={6}>Réponse {error.status}{error.code !== null && `, code ${error.code}`}</Text>}
          </Alert>
        )}
        {note !== null && <Text size="sm">{note}</Text>}
        {state === 'answered' && <AnswerFacts batchId={batch.id} item={item} />}
        <JournalTrace dossierId={batch.dossierId} item={item} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>Fermer</Button></Group>
      </Stack>
    </Dialog>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }): ReactNode {
  return (
    <dl className="pairs" style={{ margin: 0, gap: '8px 18px' }}>
      {facts.map(([label, value], index) => [
        <Text key={`${index}-label`} component="dt" size="sm" c="dimmed">{label}</Text>,
        <Text key={`${index}-value`} component="dd" m={0} size="sm" style={{ overflowWrap: 'anywhere' }}>{value}</Text>,
      ])}
    </dl>
  );
}

const SHOWN_FACTS = 12;

function AnswerFacts({ batchId, item }: { readonly batchId: string; readonly item: BatchItem }): ReactNode {
  const { value, problem } = useLoaded(
    () => callMain('batches.results', { id: batchId, filter: { states: ['answered'], endpointId: item.endpointId, text: item.identifier } }),
    String(item.id),
  );
  if (problem !== null) return <Alert color="red">{problem}</Alert>;
  if (value === null) return <Skeleton h={80} aria-label="Lecture de la réponse" />;
  const answer = value.results.find((result) => result.item.id === item.id)?.answer ?? null;
  if (answer === null) return <Text size="sm" c="dimmed">La réponse n’est plus conservée, ou vos droits ne permettent pas de la lire.</Text>;
  const card = readCard(answer, findEndpoint(item.endpointId)?.path);
  const cells = [...card.facts, ...card.fields];
  return (
    <section aria-label="Réponse">
      <Facts facts={cells.slice(0, SHOWN_FACTS).map(({ label, text }) => [label, text] as const)} />
      <Text size="xs" c="dimmed" mt="xs">Source : {answer.provider}, reçue le {momentText(answer.receivedAt)}.{cells.length > SHOWN_FACTS && ' Le reste se lit sur la fiche de l’entreprise ou dans l’export.'}</Text>
    </section>
  );
}

function JournalTrace({ dossierId, item: { identifier, endpointId, settledAt } }: { readonly dossierId: string; readonly item: BatchItem }): ReactNode {
  const { value } = useLoaded(() => callMain('journal.search', { filter: { dossierId, identifier, endpointId, kind: 'calls' }, limit: 20 }), `${identifier}/${endpointId}/${settledAt ?? ''}`);
  const line = value?.lines[0];
  if (!line) return null;
  return <Text size="sm" c="dimmed">Historique : ligne {line.seq.toLocaleString('fr-FR')}{line.requestId !== null && `, requête ${line.requestId}`}.</Text>;
}
