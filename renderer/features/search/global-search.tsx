import { Alert, Button, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { currentDossierId, navigate, useNavigation } from '../../app/navigation';
import { showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import type { CompanyChoice } from './company-choice';
import { CompanySearch } from './company-search';

/** The search of the top bar: a company is always consulted for a dossier, the current one or one to choose. */
export function GlobalSearch(): ReactNode {
  const dossierId = currentDossierId(useNavigation((state) => state.screen));
  const [pending, setPending] = useState<CompanyChoice | null>(null);
  const choose = (choice: CompanyChoice): void => {
    if (dossierId === null) setPending(choice);
    else openIn(dossierId, choice);
  };
  return (
    <search>
      <CompanySearch label="Rechercher une entreprise" labelHidden onChoose={choose} />
      <Modal opened={pending !== null} onClose={() => setPending(null)} title="Pour quel dossier ?" closeButtonProps={{ 'aria-label': 'Fermer' }}>
        {pending && <DossierChoice company={pending} onDone={() => setPending(null)} />}
      </Modal>
    </search>
  );
}

function openIn(dossierId: string, { identifier, siret, name }: CompanyChoice): void {
  callMain('dossiers.addCompany', { id: dossierId, identifier, siret, name }).then(
    () => navigate({ name: 'company', dossierId, identifier }),
    showFailure,
  );
}

function DossierChoice({ company, onDone }: { readonly company: CompanyChoice; readonly onDone: () => void }): ReactNode {
  const { value, problem } = useLoaded(() => callMain('dossiers.list', { state: 'open', sort: 'recent' }).then(({ dossiers }) => dossiers), '');
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">La consultation de {company.name} portera la justification du dossier choisi.</Text>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={120} aria-label="Lecture des dossiers" />}
      {value?.map(({ id, title }) => (
        <Button key={id} variant="default" justify="flex-start" onClick={() => { openIn(id, company); onDone(); }}>{title}</Button>
      ))}
      {value?.length === 0 && <Button onClick={() => { navigate({ name: 'dossiers' }); onDone(); }}>Créer d’abord un dossier</Button>}
    </Stack>
  );
}
