import { Sparkline } from '@mantine/charts';
import { Alert, Badge, Group, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { quotaPools } from '../../../shared/catalogue/pools';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { type QuotaSnapshot, type QuotaWindow, useNow, useQuota } from './use-quota';

/** Where each token stands in each pool of the service. */
export function QuotaScreen(): ReactNode {
  const { quota, problem } = useQuota();
  return (
    <div className="page">
      <PageHead title="Quota" summary="Le service compte les appels par minute, par jeton et par famille de données. Au-delà, les appels attendent leur tour : aucun n’est perdu." />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {quota === null && problem === null && <Skeleton h={240} aria-label="Lecture du quota" />}
      {quota?.ban && <BanNotice ban={quota.ban} />}
      {quota?.windows.length === 0 && <EmptyState icon={IconGauge} title="Aucun appel pour l’instant">Les compteurs apparaissent au premier appel, avec ce que le service annonce lui-même.</EmptyState>}
      {quota !== null && (
        <Stack gap="md">
          {quota.windows.map((window) => <WindowCard key={`${window.environment}/${window.habilitationId ?? ''}/${window.pool}`} window={window} />)}
          <Breakers breakers={quota.breakers} />
        </Stack>
      )}
    </div>
  );
}

const stateLabels = { open: 'Ouvert', spent: 'Épuisé', stopped: 'Arrêté', banned: 'Suspendu' } as const;
const stateColors = { open: 'teal', spent: 'amber', stopped: 'red', banned: 'red' } as const;

function poolLabel(pool: string): string {
  return quotaPools.find(({ id }) => id === pool)?.label ?? pool;
}

function WindowCard({ window }: { readonly window: QuotaWindow }): ReactNode {
  const title = `${poolLabel(window.pool)}${window.habilitationTitle === '' ? '' : ` · ${window.habilitationTitle}`}`;
  return (
    <section className="card" aria-label={title} style={{ padding: '16px 22px' }}>
      <Group justify="space-between" mb={10}>
        <Text fw={560}>{title}</Text>
        <Badge variant="light" radius="sm" tt="none" color={stateColors[window.state]}>{stateLabels[window.state]}</Badge>
      </Group>
      <Progress value={(window.used / window.limit) * 100} color={window.state === 'open' ? 'ink' : 'amber'} aria-label={`${window.used} appels sur ${window.limit}`} />
      <Group justify="space-between" mt={10} align="flex-end">
        <Text size="sm">
          <b>{window.used}</b> utilisés · <b>{window.remaining}</b> restants sur {window.limit}
          {window.inFlight > 0 && ` · ${window.inFlight} en cours`}
          {window.queued > 0 && ` · ${window.queued} en attente`}
        </Text>
        <Group gap="lg">
          {window.history.length > 1 && <Sparkline w={140} h={30} data={[...window.history]} color="ink.5" fillOpacity={0.15} strokeWidth={1.5} aria-hidden />}
          <Countdown until={window.resetsAt} />
        </Group>
      </Group>
      {window.reason !== null && <Text size="sm" mt={8} c="var(--mantine-color-amber-light-color)">{window.reason}</Text>}
    </section>
  );
}

function Countdown({ until }: { readonly until: string }): ReactNode {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - useNow()) / 1_000));
  return <Text size="sm" c="dimmed">{seconds === 0 ? 'Minute nouvelle' : `Remise à zéro dans ${seconds} s`}</Text>;
}

function BanNotice({ ban }: { readonly ban: NonNullable<QuotaSnapshot['ban']> }): ReactNode {
  const time = (iso: string): string => new Date(iso).toLocaleString('fr-FR', { dateStyle: 'short', timeStyle: 'short' });
  return (
    <Alert color="red" title="Les appels sont suspendus" mb="lg" role="alert">
      {ban.reason} Depuis le {time(ban.since)}, au plus tard jusqu’au {time(ban.until)}. Prochain essai discret : {time(ban.nextProbeAt)}. Rien à faire : les
      appels reprendront d’eux-mêmes.
    </Alert>
  );
}

function Breakers({ breakers }: { readonly breakers: QuotaSnapshot['breakers'] }): ReactNode {
  const down = breakers.filter(({ state }) => state !== 'closed');
  if (down.length === 0) return null;
  return (
    <section className="card" aria-labelledby="breakers" style={{ padding: '16px 22px' }}>
      <Title order={2} size="h4" id="breakers" mb="xs">Fournisseurs en panne</Title>
      {down.map(({ provider, until, reason }) => (
        <Text key={provider} size="sm">
          <b>{provider}</b> : {reason ?? 'ne répond plus'}
          {until !== null && `, nouvel essai à ${new Date(until).toLocaleTimeString('fr-FR', { timeStyle: 'short' })}`}
        </Text>
      ))}
    </section>
  );
}
