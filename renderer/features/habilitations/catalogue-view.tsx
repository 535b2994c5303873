import { Badge, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';

import { SectionCard } from '../../components/section-card';
import { type CatalogueEntry, catalogueGroups, type CatalogueGroups, purposeNames } from './catalogue-groups';
import type { Habilitation } from './habilitations-store';

const explanations: Readonly<Record<keyof CatalogueGroups, string>> = {
  opened: 'Le jeton ouvre ces données et la procédure les justifie.',
  closed: 'La procédure les justifierait, mais le jeton ne les ouvre pas : le demandeur de l’habilitation peut en demander l’accès. Elles ne sont pas appelées, un refus coûterait une unité de quota.',
  unjustified: 'Aucun cas d’usage de cette habilitation ne les justifie : elles ne sont pas proposées, même quand le jeton les ouvre.',
};

/** The catalogue as this habilitation sees it. */
export function CatalogueView({ habilitation }: { readonly habilitation: Habilitation }): ReactNode {
  const [text, setText] = useState('');
  const [group, setGroup] = useState<keyof CatalogueGroups>('opened');
  const groups = useMemo(() => catalogueGroups(habilitation, text), [habilitation, text]);
  const choices = [
    { value: 'opened', label: `Ouvertes (${groups.opened.length})` },
    { value: 'closed', label: `Fermées (${groups.closed.length})` },
    { value: 'unjustified', label: `Non justifiées (${groups.unjustified.length})` },
  ];
  return (
    <SectionCard title="Données">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginBottom: 10 }}>
        <TextInput
          aria-label="Rechercher une donnée"
          placeholder="Donnée, fournisseur, droit…"
          leftSection={<IconSearch size={17} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          style={{ flex: '1 1 240px', maxWidth: 380 }}
        />
        <SegmentedControl aria-label="Données montrées" data={choices} value={group} onChange={(value) => setGroup(value as keyof CatalogueGroups)} />
      </div>
      <Text size="sm" c="dimmed" mb="xs">{explanations[group]}</Text>
      {groups[group].length === 0 && <Text size="sm" role="status">{text === '' ? 'Aucune donnée ici.' : `Aucune donnée ici pour « ${text} ».`}</Text>}
      <div role="list" aria-label={choices.find(({ value }) => value === group)?.label ?? ''}>
        {groups[group].map((entry) => <EntryRow key={entry.endpoint.id} entry={entry} />)}
      </div>
    </SectionCard>
  );
}

const relevanceLabels = { indispensable: 'Indispensable', utile: 'Utile', injustifie: 'Non justifiée' } as const;
const relevanceColors = { indispensable: 'ink', utile: 'gray', injustifie: 'amber' } as const;

function EntryRow({ entry: { endpoint, relevance, unjustifiedFor } }: { readonly entry: CatalogueEntry }): ReactNode {
  return (
    <div role="listitem" style={{ display: 'flex', gap: 16, alignItems: 'flex-start', padding: '10px 0', borderTop: '1px solid var(--app-line)' }}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={540}>{endpoint.title} <Text span c="dimmed" size="sm">· {endpoint.providerLabel}</Text></Text>
        <Text size="xs" c="dimmed">{endpoint.perimeter}</Text>
        {relevance !== 'injustifie' && unjustifiedFor.length > 0 && (
          <Text size="xs" c="var(--mantine-color-amber-light-color)">Non justifiée pour : {purposeNames(unjustifiedFor)}.</Text>
        )}
      </div>
      <Badge variant="light" radius="sm" tt="none" fw={560} color={relevanceColors[relevance]} style={{ flexShrink: 0 }}>{relevanceLabels[relevance]}</Badge>
    </div>
  );
}
