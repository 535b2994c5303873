import { BarChart } from '@mantine/charts';
import { Alert, Group, SegmentedControl, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { findEndpoint, providerLabelOf } from '../../../shared/catalogue';
import type { JournalOutcome } from '../../../shared/domain/journal';
import { hasRight, type Role } from '../../../shared/domain/rights';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { DateField } from '../../components/date-field';
import { EmptyState } from '../../components/empty-state';
import { useLoaded } from '../../components/use-loaded';
import { outcomes, unknownHabilitation } from '../history';
import { CountTable } from './count-table';
import { QuotaUseTable } from './quota-use-table';
import { RefusalReasons } from './refusal-reasons';
import { countBy, countByDay, type Dimension } from './statistics-groups';

type Figures = ChannelOutput<'journal.statistics'>;
type Rows = Figures['rows'];
type Habilitations = Figures['habilitations'];

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

function localDay(ageDays: number): string {
  const date = new Date(Date.now() - ageDays * DAY_MS);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

/** Figures of a period, of one token or of all, and the tokens of that period: figures of one name no other. */
function useFigures(from: string, to: string, habilitationId: string | null) {
  const [habilitations, setHabilitations] = useState<Habilitations>([]);
  const isOfAll = habilitationId === null;
  const filter = {
    kind: 'calls' as const,
    ...(isOfAll ? {} : { habilitationId }),
    ...(from === '' ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to === '' ? {} : { to: new Date(`${to}T23:59:59.999`).toISOString() }),
  };
  const { value, problem } = useLoaded(async () => ({ ...(await callMain('journal.statistics', { filter })), isOfAll }), JSON.stringify(filter));
  if (value?.isOfAll === true && value.habilitations !== habilitations) setHabilitations(value.habilitations);
  return { value, problem, habilitations };
}

/** Calls of a period, drawn and in figures. */
export function StatisticsPanel({ role }: { readonly role: Role }): ReactNode {
  const [from, setFrom] = useState(() => localDay(DEFAULT_DAYS - 1));
  const [to, setTo] = useState(() => localDay(0));
  const [habilitationId, setHabilitationId] = useState<string | null>(null);
  const { value, problem, habilitations } = useFigures(from, to, habilitationId);
  const nameOf = (id: string | null): string => habilitationName(habilitations, id);
  return (
    <Stack gap="lg">
      <Group className="filters" align="flex-end">
        <DateField label="Du" value={from} max={to} onChange={setFrom} />
        <DateField label="Au" value={to} min={from} onChange={setTo} />
        {(habilitations.length > 1 || habilitationId !== null) && (
          <Select
            label="Habilitation"
            placeholder="Toutes"
            clearable
            clearButtonProps={{ 'aria-label': 'Effacer\u00a0: Habilitation' }}
            data={habilitations.map(({ id }) => ({ value: id, label: nameOf(id) }))}
            value={habilitationId}
            onChange={setHabilitationId}
            w={220}
            comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
          />
        )}
        {value !== null && <Text role="status" pb={8}><b>{value.total.toLocaleString('fr-FR')}</b> consultation{value.total > 1 ? 's' : ''}</Text>}
      </Group>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={320} aria-label="Calcul des statistiques" />}
      {value?.total === 0 && <EmptyState icon={IconChartBar} title="Aucune consultation sur cette période">Élargissez la période, ou revenez quand des entreprises auront été consultées.</EmptyState>}
      {value !== null && value.total > 0 && (
        <>
          <DaysChart rows={value.rows} from={from} to={to} />
          <Breakdown rows={value.rows} role={role} nameOf={nameOf} />
          <RefusalReasons reasons={value.reasons} />
          <QuotaUseTable uses={value.quotaUse} nameOf={nameOf} />
        </>
      )}
    </Stack>
  );
}

const series = [
  { name: 'success', label: outcomes.success.label, color: 'teal.6' },
  { name: 'failure', label: outcomes.failure.label, color: 'amber.5' },
  { name: 'refused', label: outcomes.refused.label, color: 'red.6' },
  { name: 'interrupted', label: outcomes.interrupted.label, color: 'gray.6' },
] as const;

function dayText(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('fr-FR', { day: 'numeric', month: 'short' });
}

function DaysChart({ rows, from, to }: { readonly rows: Rows; readonly from: string; readonly to: string }): ReactNode {
  const [shown, setShown] = useState('chart');
  const days = countByDay(rows, from, to);
  return (
    <section className="card panel" aria-labelledby="per-day">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h3" id="per-day">Consultations par jour</Title>
        <SegmentedControl size="xs" aria-label="Présentation" data={[{ value: 'chart', label: 'Graphique' }, { value: 'table', label: 'Tableau' }]} value={shown} onChange={setShown} />
      </Group>
      {shown === 'chart' ? (
        <div role="img" aria-label={`Consultations par jour, du ${dayText(days[0]?.day ?? '')} au ${dayText(days.at(-1)?.day ?? '')} ; le tableau donne les chiffres.`}>
          <BarChart h={260} type="stacked" dataKey="day" data={days.map((day) => ({ ...day, day: dayText(day.day) }))} series={[...series]} withLegend maxBarWidth={48} barProps={{ isAnimationActive: false }} barChartProps={{ accessibilityLayer: false }} />
        </div>
      ) : (
        <CountTable headings={['Jour', ...series.map(({ label }) => label)]} rows={days.map((day) => [dayText(day.day), ...series.map(({ name }) => day[name])])} label="Tableau des consultations par jour" />
      )}
    </section>
  );
}

const dimensionLabels: Readonly<Record<Dimension, string>> = { provider: 'Fournisseur', endpointId: 'Donnée', outcome: 'Résultat', habilitationId: 'Habilitation', agentId: 'Agent' };

interface BreakdownProps {
  readonly rows: Rows;
  readonly role: Role;
  readonly nameOf: (habilitationId: string | null) => string;
}

function Breakdown({ rows, role, nameOf }: BreakdownProps): ReactNode {
  const [dimension, setDimension] = useState<Dimension>('provider');
  const offered = (Object.keys(dimensionLabels) as Dimension[]).filter((name) => name !== 'agentId' || hasRight(role, 'journal.all'));
  const agents = new Map(rows.flatMap(({ agentId, agentName }) => (agentId !== null && agentName !== null ? [[agentId, agentName] as const] : [])));
  const labelOf = (key: string | null): string => (dimension === 'habilitationId' ? nameOf(key) : valueLabel(dimension, key, agents));
  const groups = countBy(rows, dimension);
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="card panel" aria-labelledby="breakdown">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h3" id="breakdown">Répartition</Title>
        <Select aria-label="Répartir par" allowDeselect={false} w={190} data={offered.map((value) => ({ value, label: dimensionLabels[value] }))} value={dimension} onChange={(value) => value !== null && setDimension(value as Dimension)} />
      </Group>
      <CountTable
        headings={[dimensionLabels[dimension], 'Consultations', 'Part']}
        rows={groups.map(({ key, count }) => [labelOf(key), count, `${((100 * count) / total).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0%`])}
        shares={groups.map(({ count }) => count / total)}
        label={`Consultations par ${dimensionLabels[dimension].toLowerCase()}`}
      />
    </section>
  );
}

function habilitationName(habilitations: Habilitations, id: string | null): string {
  if (id === null) return 'Sans habilitation';
  return habilitations.find((known) => known.id === id)?.title ?? unknownHabilitation(id);
}

function valueLabel(dimension: Dimension, key: string | null, agents: ReadonlyMap<string, string>): string {
  if (key === null) return 'Non précisé';
  if (dimension === 'provider') return providerLabelOf(key);
  if (dimension === 'endpointId') return findEndpoint(key)?.title ?? key;
  if (dimension === 'outcome') return outcomes[key as JournalOutcome].label;
  return agents.get(key) ?? key;
}
