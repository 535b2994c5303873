import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import { navigate } from '../../app/navigation';
import { useSession } from '../../app/session-store';
import { CompletenessGrid, type GridPlace } from './completeness-grid';
import type { Dossier } from './dossier-rows';
import { GatherButton } from './gather-button';
import { LetterDialog } from './letter-dialog';
import { OtherDocuments } from './other-documents';
import { PieceDialog } from './piece-dialog';
import { type Completeness, useCompleteness } from './use-completeness';

/** What the procedure demands of each company, what is there, and what to do about the rest. */
export function CompletenessSection({ dossier }: { readonly dossier: Dossier }): ReactNode {
  const { value, problem, reload } = useCompleteness(dossier);
  if (dossier.companies.length === 0) return null;
  return (
    <Stack gap="sm" mt="xl" component="section" aria-labelledby="dossier-completeness">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={2} size="h3" id="dossier-completeness">Complétude</Title>
          {value !== null && <Text size="sm" c="dimmed" role="status">{countsText(value)}</Text>}
        </div>
        {value !== null && dossier.state === 'open' && <GatherButton dossierId={dossier.id} calls={value.calls} label={value.calls.length === 0 ? 'Rien à récupérer' : `Tout récupérer (${value.calls.length})`} />}
      </Group>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={200} aria-label="Mesure de la complétude" />}
      {value !== null && <Grid dossier={dossier} completeness={value} onChanged={reload} />}
    </Stack>
  );
}

interface GridProps {
  readonly dossier: Dossier;
  readonly completeness: Completeness;
  readonly onChanged: () => void;
}

function Grid({ dossier, completeness, onChanged }: GridProps): ReactNode {
  const [place, setPlace] = useState<GridPlace | null>(null);
  const [letterTo, setLetterTo] = useState<string | null>(null);
  const { list } = completeness;
  return (
    <>
      {list === null ? (
        <Text size="sm" c="dimmed">Ce dossier n’a pas de procédure, donc pas de liste de pièces : choisissez-en une avec « Modifier ».</Text>
      ) : (
        <CompletenessGrid list={list} completeness={completeness} onOpen={setPlace} onLetter={setLetterTo} />
      )}
      <OtherDocuments completeness={completeness} />
      {list !== null && <EditListLink procedure={list.procedure} />}
      {list !== null && <PieceDialog dossier={dossier} completeness={completeness} list={list} place={place} onClose={() => setPlace(null)} onChanged={onChanged} />}
      {list !== null && <LetterDialog dossier={dossier} completeness={completeness} list={list} identifier={letterTo} onClose={() => setLetterTo(null)} />}
    </>
  );
}

function EditListLink({ procedure }: { readonly procedure: NonNullable<Dossier['procedure']> }): ReactNode {
  const role = useSession((state) => state.start?.session?.agent.role);
  if (!role || !hasRight(role, 'dossiers.manage')) return null;
  return <Group><Button variant="subtle" size="compact-sm" onClick={() => navigate({ name: 'piece-lists', procedure })}>Modifier la liste des pièces</Button></Group>;
}

function countsText({ list, counts: { held, missing, expiring } }: Completeness): string {
  const renewals = expiring === 0 ? '' : ` · ${expiring} à surveiller`;
  if (list === null) return expiring === 0 ? 'Sans liste de pièces' : `${expiring} à surveiller`;
  const lacking = missing === 0 ? 'aucune pièce indispensable ne manque' : `${missing} indispensable${missing > 1 ? 's' : ''} manque${missing > 1 ? 'nt' : ''}`;
  return `${held} pièce${held > 1 ? 's' : ''} réunie${held > 1 ? 's' : ''} · ${lacking}${renewals}`;
}
