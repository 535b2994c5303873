import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { type Environment, environmentLabels } from '../../../shared/domain/environment';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { type QuotaSnapshot, type QuotaWindow, useQuota } from './use-quota';
import { WindowRow } from './window-row';

/** Where each token stands in each pool of the service. */
export function QuotaScreen(): ReactNode {
  const { quota, problem } = useQuota();
  return (
    <div className="page">
      <PageHead title="Quota" summary="Le service compte les appels par minute, par jeton et par famille de données. Au-delà, les appels attendent leur tour : aucun n’est perdu." />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {quota === null && problem === null && <Skeleton h={240} aria-label="Lecture du quota" />}
      {quota?.ban && <BanNotice ban={quota.ban} />}
      {quota?.windows.length === 0 && <EmptyState icon={IconGauge} title="Aucun appel pour l’instant">Les compteurs apparaissent au premier appel, avec ce que le service annonce lui-même.</EmptyState>}
      {quota !== null && (
        <Stack gap="lg">
          {byToken(quota.windows).map((windows) => <TokenCard key={tokenKey(windows[0])} windows={windows} />)}
          <Breakers breakers={quota.breakers} />
        </Stack>
      )}
    </div>
  );
}

function tokenKey(window: QuotaWindow): string {
  return `${window.environment}/${window.habilitationId ?? ''}`;
}

type Windows = readonly [QuotaWindow, ...QuotaWindow[]];

/** Counters of the same token together, in the order that main gives. */
function byToken(windows: readonly QuotaWindow[]): readonly Windows[] {
  const groups = new Map<string, [QuotaWindow, ...QuotaWindow[]]>();
  for (const window of windows) {
    const group = groups.get(tokenKey(window));
    if (group) group.push(window);
    else groups.set(tokenKey(window), [window]);
  }
  return [...groups.values()];
}

function TokenCard({ windows }: { readonly windows: Windows }): ReactNode {
  const [{ habilitationTitle, environment }] = windows;
  const environmentLabel = environmentLabels[environment as Environment] ?? environment;
  const title = habilitationTitle === '' ? environmentLabel : habilitationTitle;
  const queued = windows.reduce((sum, window) => sum + window.queued, 0);
  return (
    <section className="card" aria-label={title} style={{ overflow: 'hidden' }}>
      <div className="quota-head">
        <Title order={2} size="h4">{title}</Title>
        <Text size="sm" c="dimmed">{queued === 0 ? 'Aucun appel en attente' : `${queued} appel${queued > 1 ? 's' : ''} en attente`}</Text>
      </div>
      {windows.map((window) => <WindowRow key={window.pool} window={window} />)}
    </section>
  );
}

function BanNotice({ ban }: { readonly ban: NonNullable<QuotaSnapshot['ban']> }): ReactNode {
  const time = (iso: string): string => new Date(iso).toLocaleString('fr-FR', { weekday: 'long', hour: '2-digit', minute: '2-digit' });
  return (
    <Alert color="red" title={`Les appels sont suspendus, au plus tard jusqu’à ${time(ban.until)}`} mb="lg" role="alert">
      <Text size="sm">{ban.reason}</Text>
      <Text size="sm" mt={6}>
        Suspendus depuis {time(ban.since)}. Le service écarte douze heures, sans le dire, une adresse qui a dépassé ses limites : insister prolongerait
        l’attente. Un essai discret aura lieu {time(ban.nextProbeAt)} ; les appels reprendront d’eux-mêmes dès que le service répondra. Vos dossiers, vos
        documents et l’historique restent utilisables.
      </Text>
    </Alert>
  );
}

function Breakers({ breakers }: { readonly breakers: QuotaSnapshot['breakers'] }): ReactNode {
  const down = breakers.filter(({ state }) => state !== 'closed');
  if (down.length === 0) return null;
  return (
    <section className="card panel" aria-labelledby="breakers">
      <Title order={2} size="h4" id="breakers">Fournisseurs en panne</Title>
      <Text size="sm" c="dimmed" mb="xs">Leurs appels attendent, pour ne pas dépenser le quota de tous sans réponse.</Text>
      <ul className="plain-list">
        {down.map(({ provider, state, until, reason }) => (
          <li key={provider}>
            <b>{provider}</b> : {state === 'half_open' ? 'un appel d’essai est en cours' : (reason ?? 'ne répond plus')}
            {until !== null && ` ; nouvel essai à ${new Date(until).toLocaleTimeString('fr-FR', { timeStyle: 'short' })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
