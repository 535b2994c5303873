import { Alert, Button, Group, List, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';

import { dayText } from '../../../shared/domain/days';
import { VALIDITY_RULES_NOTE } from '../../../shared/domain/validity';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { Dialog } from '../../components/dialog';
import { useAction } from '../../components/use-action';
import { useFocusOnArrival } from '../../components/use-focus-on-arrival';
import { useLoaded } from '../../components/use-loaded';
import type { Dossier } from './dossier-rows';
import { GatherButton } from './gather-button';
import { type Completeness, useCompleteness } from './use-completeness';

interface Props {
  readonly dossier: Dossier;
  readonly onClose: () => void;
  readonly onClosed: (dossier: Dossier) => void;
}

/** The time of decision: what has expired is renewed, or the agent writes why not. */
export function CloseDialog({ dossier, onClose, onClosed }: Props): ReactNode {
  const { value, problem } = useCompleteness(dossier);
  return (
    <Dialog opened onClose={onClose} size="lg" title="Clore le dossier">
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={160} aria-label="Vérification des pièces" />}
      {value !== null && <Check dossier={dossier} completeness={value} onClose={onClose} onClosed={onClosed} />}
    </Dialog>
  );
}

function Check({ dossier, completeness, onClose, onClosed }: Props & { readonly completeness: Completeness }): ReactNode {
  const [writtenReason, setWrittenReason] = useState('');
  const { busy, problem, run } = useAction();
  const { stale, counts, calls } = completeness;
  const isStale = stale.length > 0;
  // Read after the dialog has opened: what the agent decides upon is said with the button that then takes the focus.
  const [validityId, missingId] = [useId(), useId()];
  const confirm = useFocusOnArrival<HTMLButtonElement>(!isStale);
  const renewals = calls.filter(({ act }) => act === 'renew');
  const next = useNextDossier(dossier.id);
  const close = (andThen?: Dossier): void =>
    run(async () => {
      onClosed(await callMain('dossiers.setState', { id: dossier.id, state: 'closed', ...(isStale ? { writtenReason } : {}) }));
      onClose();
      if (andThen) navigate({ name: 'dossier', dossierId: andThen.id });
    });
  const isHeldUp = isStale && writtenReason.trim() === '';
  return (
    <Stack gap="md">
      {isStale ? <StalePieces stale={stale} /> : <Alert id={validityId} color="teal" title="Aucune pièce n’est expirée">Ce que le dossier réunit vaut aujourd’hui.</Alert>}
      {isStale && renewals.length > 0 && <Group><GatherButton dossierId={dossier.id} calls={renewals} label={`Renouveler (${renewals.length})`} /></Group>}
      {counts.missing > 0 && (
        <Text id={missingId} size="sm">{counts.missing} pièce{counts.missing > 1 ? 's' : ''} indispensable{counts.missing > 1 ? 's' : ''} manque{counts.missing > 1 ? 'nt' : ''} : le dossier peut être clos, par exemple si la candidature n’est pas retenue pour un autre motif.</Text>
      )}
      {isStale && (
        <Textarea
          label="Motif pour clore sans renouveler"
          description="L’historique le garde avec la liste des pièces expirées."
          autosize
          minRows={2}
          maxLength={500}
          value={writtenReason}
          onChange={(event) => setWrittenReason(event.currentTarget.value)}
        />
      )}
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      {next && <Text size="sm" c="dimmed">Dossier suivant : {next.title}{next.deadline === null ? '' : `, échéance le ${dayText(next.deadline)}`}.</Text>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>Annuler</Button>
        {next && <Button variant="default" loading={busy} disabled={isHeldUp} onClick={() => close(next)}>Clore et passer au suivant</Button>}
        <Button ref={confirm} aria-describedby={`${validityId} ${missingId}`} loading={busy} disabled={isHeldUp} onClick={() => close()}>{isStale ? 'Clore avec ce motif' : 'Clore le dossier'}</Button>
      </Group>
    </Stack>
  );
}

/** The open dossier whose deadline is the nearest, this one apart. */
function useNextDossier(dossierId: string): Dossier | undefined {
  const { value } = useLoaded(() => callMain('dossiers.list', { state: 'open', limit: 2 }), dossierId);
  return value?.dossiers.find(({ id }) => id !== dossierId);
}

/** Said as soon as it is there, wherever the focus is: it is what the agent must know before he acts. */
function StalePieces({ stale }: Pick<Completeness, 'stale'>): ReactNode {
  return (
    <Alert color="red" role="alert" title={stale.length > 1 ? `${stale.length} pièces sont expirées` : 'Une pièce est expirée'}>
      <List size="sm" spacing={8} listStyleType="none">
        {stale.map(({ identifier, name, label, validity }) => (
          <List.Item key={`${identifier} ${label}`}>
            <Text size="sm" fw={560}>{label} · {name}</Text>
            {validity.reason}
          </List.Item>
        ))}
      </List>
      <Text size="xs" mt={8}>{VALIDITY_RULES_NOTE}</Text>
    </Alert>
  );
}
