import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import { type Batch, itemStateLabels } from '../../../shared/domain/batch';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import type { BatchDifference } from '../../../shared/ipc/batch-outputs';
import { callMain, messageOf } from '../../app/bridge';
import { counted, endpointTitle } from './batch-text';

/** Differences shown before the agent asks for more. */
const ENOUGH = 100;

interface Found {
  readonly differences: readonly BatchDifference[];
  readonly compared: number;
  /** Null: everything was compared. */
  readonly nextAfterId: number | null;
}

/** What changed since the run before over the same list, read slice by slice. */
export function Differences({ batch: { id } }: { readonly batch: Batch }): ReactNode {
  const [found, setFound] = useState<Found>({ differences: [], compared: 0, nextAfterId: 0 });
  const [wanted, setWanted] = useState(ENOUGH);
  const [problem, setProblem] = useState<string | null>(null);
  const isReading = found.nextAfterId !== null && found.differences.length < wanted && problem === null;
  useEffect(() => {
    const afterId = found.nextAfterId;
    if (!isReading || afterId === null) return;
    callMain('batches.differences', { id, afterId }).then(
      (slice) => setFound((before) => (before.nextAfterId === afterId ? { differences: [...before.differences, ...slice.differences], compared: before.compared + slice.compared, nextAfterId: slice.nextAfterId } : before)),
      (error: unknown) => setProblem(messageOf(error)),
    );
  }, [isReading, found.nextAfterId, id]);
  return (
    <Stack gap="sm">
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      <Group gap="sm" role="status">
        {isReading && <Loader size={16} aria-hidden />}
        <Text size="sm" c="dimmed">
          {counted(found.compared, 'appel comparé', 'appels comparés')} au passage précédent, {found.differences.length === 0 ? (isReading ? 'aucune différence pour l’instant' : 'aucune différence') : counted(found.differences.length, 'différence')}.
        </Text>
      </Group>
      {found.differences.length > 0 && (
        <ul className="card" aria-label="Différences avec le passage précédent" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
          {found.differences.map((difference) => <DifferenceRow key={difference.itemId} difference={difference} />)}
        </ul>
      )}
      {found.nextAfterId !== null && !isReading && <Group><Button variant="default" onClick={() => setWanted(found.differences.length + ENOUGH)}>Chercher la suite</Button></Group>}
    </Stack>
  );
}

function DifferenceRow({ difference: { name, identifier, endpointId, lineNumber, before, after, changes } }: { readonly difference: BatchDifference }): ReactNode {
  return (
    <li style={{ padding: '12px 20px', borderBottom: '1px solid var(--app-line)' }}>
      <Text size="sm" fw={560}>{name === '' ? formatIdentifier(identifier) : `${name} (${formatIdentifier(identifier)})`} — {endpointTitle(endpointId)}</Text>
      <Text size="xs" c="dimmed">Ligne {lineNumber}{before.state !== after.state && ` · ${itemStateLabels[before.state]} → ${itemStateLabels[after.state]}`}</Text>
      {changes.length > 0 && <ul className="plain-list" style={{ marginTop: 6 }}>{changes.map((change) => <li key={change}>{change}</li>)}</ul>}
    </li>
  );
}
