import { Checkbox, Group, NumberInput, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

import { SectionCard } from '../../components/section-card';
import { change, useNewBatch, type When } from './new-batch-store';

const moments: readonly { readonly value: When; readonly label: string; readonly description: string }[] = [
  { value: 'now', label: 'Tout de suite', description: 'Les agents à l’écran passent toujours avant le lot.' },
  { value: 'off-peak', label: 'Aux heures creuses', description: 'Dès qu’elles s’ouvrent, à l’heure de Paris ; ce qui reste attend les suivantes.' },
  { value: 'later', label: 'À une date choisie', description: 'Une session de votre compte doit alors être ouverte sur ce poste, même verrouillée.' },
];

/** Now, at night, later; once, or again and again. */
export function ScheduleCard(): ReactNode {
  const { when, hours, startsAt } = useNewBatch();
  return (
    <SectionCard title="Départ">
      <Radio.Group label="Moment du départ" value={when} onChange={(next) => change({ when: moments.find(({ value }) => value === next)?.value ?? 'now' })}>
        <Stack gap="xs">
          {moments.map(({ value, label, description }) => <Radio key={value} value={value} label={label} description={description} />)}
        </Stack>
      </Radio.Group>
      {when === 'off-peak' && (
        <Group mt="sm" gap="md" align="flex-end">
          <TextInput type="time" label="De" required value={hours.from} onChange={(event) => change({ hours: { ...hours, from: event.currentTarget.value } })} />
          <TextInput type="time" label="À" required value={hours.to} onChange={(event) => change({ hours: { ...hours, to: event.currentTarget.value } })} />
          <Checkbox mb={8} label="Les week-ends entiers" checked={hours.weekends} onChange={(event) => change({ hours: { ...hours, weekends: event.currentTarget.checked } })} />
        </Group>
      )}
      {when === 'later' && <TextInput mt="sm" w={220} type="datetime-local" label="Date et heure du départ" required value={startsAt} onChange={(event) => change({ startsAt: event.currentTarget.value })} />}
      <Recurrence />
    </SectionCard>
  );
}

const MONTHLY_DAYS = 30;
const LONGEST_DAYS = 366;

function Recurrence(): ReactNode {
  const { everyDays, renewWithinDays } = useNewBatch();
  return (
    <Stack gap="sm" mt="md">
      <Switch label="Recommencer sur la même liste" checked={everyDays !== null} onChange={(event) => change({ everyDays: event.currentTarget.checked ? MONTHLY_DAYS : null })} />
      {everyDays !== null && (
        <Group gap="md" align="flex-end">
          <NumberInput w={160} label="Tous les (jours)" min={1} max={LONGEST_DAYS} allowDecimal={false} value={everyDays} onChange={(days) => change({ everyDays: Number(days) || 1 })} />
          <Checkbox mb={8} label="Seulement ce qui expire bientôt" checked={renewWithinDays !== null} onChange={(event) => change({ renewWithinDays: event.currentTarget.checked ? MONTHLY_DAYS : null })} />
          {renewWithinDays !== null && <NumberInput w={160} label="Expire sous (jours)" min={0} max={LONGEST_DAYS} allowDecimal={false} value={renewWithinDays} onChange={(days) => change({ renewWithinDays: Number(days) || 0 })} />}
        </Group>
      )}
      {everyDays !== null && <Text size="xs" c="dimmed">Chaque passage se compare au précédent : ce qui a changé est montré.</Text>}
    </Stack>
  );
}
