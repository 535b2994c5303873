import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { SectionCard } from '../../components/section-card';
import { showFailure, showUndo } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { useNow } from '../quota';

type Reminder = ChannelOutput<'reminders.list'>[number];

interface Props {
  /** Of one dossier; without it, of every dossier that the agent may see. */
  readonly dossierId?: string;
}

/** Calls that a provider asked to make again later; nothing at all when there is none. */
export function Reminders({ dossierId }: Props): ReactNode {
  const { value, problem, reload } = useLoaded(() => callMain('reminders.list', dossierId === undefined ? {} : { dossierId }), dossierId ?? '');
  if (problem !== null) return <Text c="var(--mantine-color-error)" role="alert" mt="xl">{problem}</Text>;
  if (value === null || value.length === 0) return null;
  const dismiss = ({ id, endpointTitle, companyName }: Reminder): void => {
    const undo = (): void => void callMain('reminders.restore', { id }).then(reload, showFailure);
    callMain('reminders.dismiss', { id }).then(reload).then(() => showUndo(`Rappel retiré\u00a0: ${endpointTitle}, ${companyName}.`, 'Annuler', undo), showFailure);
  };
  return (
    <div style={{ marginTop: 24, marginBottom: 24 }}>
      <SectionCard title="À refaire">
        <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Consultations à refaire">
          {value.map((reminder) => <Line key={reminder.id} reminder={reminder} namesDossier={dossierId === undefined} onDismiss={() => dismiss(reminder)} />)}
        </Stack>
      </SectionCard>
    </div>
  );
}

interface LineProps {
  readonly reminder: Reminder;
  readonly namesDossier: boolean;
  readonly onDismiss: () => void;
}

function Line({ reminder, namesDossier, onDismiss }: LineProps): ReactNode {
  const { dossierId, dossierTitle, companyIdentifier, companyName, endpointTitle, dueAt, reason } = reminder;
  const now = useNow();
  const due = new Date(dueAt);
  const open = (): void => navigate({ name: 'company', dossierId, identifier: companyIdentifier });
  return (
    <Group component="li" justify="space-between" align="flex-start" gap="md" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Anchor component="button" type="button" fw={560} ta="left" onClick={open}>{endpointTitle} · {companyName}</Anchor>
          {due.getTime() <= now
            ? <Badge color="teal" variant="light" tt="none">À refaire dès maintenant</Badge>
            : <Badge color="blue" variant="light" tt="none">À refaire le {due.toLocaleString('fr-FR', { dateStyle: 'short', timeStyle: 'short' })}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">{namesDossier ? `Dossier « ${dossierTitle} ». ` : ''}{reason}</Text>
      </div>
      <Button variant="subtle" size="compact-sm" style={{ flexShrink: 0 }} aria-label={`Retirer le rappel : ${endpointTitle}, ${companyName}`} onClick={onDismiss}>Retirer</Button>
    </Group>
  );
}
