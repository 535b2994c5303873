import { Alert, Button, Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconClockOff, IconFolders, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { navigate } from '../../app/navigation';
import { useRight } from '../../app/use-right';
import { EmptyState } from '../../components/empty-state';
import { PageHead } from '../../components/page-head';
import { DossierFilters, firstDossierFilter, queryOf } from './dossier-filters';
import { DossierFormDrawer } from './dossier-form';
import { DossierList } from './dossier-list';
import { useDossierPages } from './use-dossier-pages';

export function DossiersScreen(): ReactNode {
  const [values, setValues] = useState(firstDossierFilter);
  const [creating, setCreating] = useState(false);
  const [settled] = useDebouncedValue(values.text.trim(), 200);
  const { dossiers, total, problem, loadMore } = useDossierPages(queryOf({ ...values, text: settled }));
  const create = <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setCreating(true)}>Nouveau dossier</Button>;
  const isManager = useRight('dossiers.manage');
  const isFiltered = settled !== '' || values.tag !== null || values.dueWithinDays !== null;
  return (
    <div className="page">
      <PageHead title="Dossiers" summary="La justification se saisit une fois ; chaque consultation du dossier la porte." actions={<>{isManager && <Button variant="default" leftSection={<IconClockOff size={17} aria-hidden />} onClick={() => navigate({ name: 'retention' })}>Fin de conservation</Button>}{create}</>} />
      <DossierFilters values={values} onChange={setValues} />
      <div aria-live="polite">
        {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
        {total === null && problem === null && <Skeleton h={220} aria-label="Lecture des dossiers" />}
        {total === 0 && (
          <EmptyState icon={IconFolders} title="Aucun dossier ici" {...(isFiltered ? {} : { action: create })}>
            {isFiltered ? 'Aucun dossier ne correspond à ces filtres : ôtez-en un, ou ouvrez un nouveau dossier.' : 'Les dossiers que vous créez, ou que l’on partage avec vous, apparaissent ici.'}
          </EmptyState>
        )}
        {total !== null && total > 0 && <Text size="sm" c="dimmed" mb={8}>{total} dossier{total > 1 ? 's' : ''}</Text>}
      </div>
      {total !== null && total > 0 && <DossierList dossiers={dossiers} total={total} onEnd={loadMore} />}
      <DossierFormDrawer opened={creating} dossier={null} onClose={() => setCreating(false)} onSaved={({ id }) => navigate({ name: 'dossier', dossierId: id })} />
    </div>
  );
}
