import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';

import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { Dialog } from '../../components/dialog';
import { showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import type { CompanyChoice } from './company-choice';

interface CompanyOpening {
  readonly open: (choice: CompanyChoice) => void;
  /** Asks for the dossier when none is current; to be placed anywhere. */
  readonly question: ReactNode;
}

/** Opens a company's sheet: always for a dossier, the current one or one that the agent chooses. */
export function useCompanyOpening(dossierId: string | null): CompanyOpening {
  const [pending, setPending] = useState<CompanyChoice | null>(null);
  const close = useCallback(() => setPending(null), []);
  const open = useCallback(
    (choice: CompanyChoice): void => {
      if (dossierId === null) setPending(choice);
      else openIn(dossierId, choice);
    },
    [dossierId],
  );
  const question = (
    <Dialog opened={pending !== null} onClose={close} title="Pour quel dossier ?">
      {pending && <DossierChoice company={pending} onDone={close} />}
    </Dialog>
  );
  return { open, question };
}

function openIn(dossierId: string, company: CompanyChoice): void {
  callMain('dossiers.addCompany', { id: dossierId, ...company }).then(
    () => navigate({ name: 'company', dossierId, identifier: company.identifier }),
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
