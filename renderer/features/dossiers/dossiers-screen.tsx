import { Alert, Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFolders, IconPlus, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { useLoaded } from '../../components/use-loaded';
import { DossierFormDrawer } from './dossier-form';
import { byUrgency, type Dossier, DossierRows } from './dossier-rows';

const states = [
  { value: 'open', label: 'En cours' },
  { value: 'closed', label: 'Clos' },
  { value: 'archived', label: 'Archivés' },
  { value: 'all', label: 'Tous' },
] as const;
type StateFilter = Dossier['state'] | 'all';

export function DossiersScreen(): ReactNode {
  const [text, setText] = useState('');
  const [state, setState] = useState<StateFilter>('open');
  const [creating, setCreating] = useState(false);
  const [settled] = useDebouncedValue(text.trim(), 200);
  const filter = { ...(settled === '' ? {} : { text: settled }), ...(state === 'all' ? {} : { state }) };
  const { value, problem } = useLoaded(() => callMain('dossiers.list', filter), JSON.stringify(filter));
  const create = <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>Nouveau dossier</Button>;
  return (
    <div className="page">
      <PageHead title="Dossiers" summary="La justification se saisit une fois ; chaque consultation du dossier la porte." actions={create} />
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginBottom: 16 }}>
        <TextInput
          aria-label="Rechercher un dossier"
          placeholder="Titre, objet, étiquette, entreprise…"
          leftSection={<IconSearch size={17} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          style={{ flex: '1 1 260px', maxWidth: 420 }}
        />
        <SegmentedControl aria-label="État des dossiers" data={[...states]} value={state} onChange={(next) => setState(next as StateFilter)} />
      </div>
      <div aria-live="polite">
        {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
        {value === null && problem === null && <Skeleton h={220} aria-label="Lecture des dossiers" />}
        {value?.length === 0 && (
          <EmptyState icon={IconFolders} title="Aucun dossier ici" {...(settled === '' ? { action: create } : {})}>
            {settled === '' ? 'Les dossiers que vous créez, ou que l’on partage avec vous, apparaissent ici.' : `Aucun dossier ne correspond à « ${settled} ».`}
          </EmptyState>
        )}
        {value !== null && value.length > 0 && <DossierRows dossiers={[...value].sort(byUrgency)} />}
      </div>
      <DossierFormDrawer opened={creating} dossier={null} onClose={() => setCreating(false)} onSaved={({ id }) => navigate({ name: 'dossier', dossierId: id })} />
    </div>
  );
}
