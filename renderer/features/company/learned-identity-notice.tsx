import { Alert, Button, Group } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { callMain } from '../../app/bridge';
import { showFailure } from '../../components/toasts';
import { learnedName, offeredHeadOffice } from './learned-identity';
import type { SheetView } from './use-sheet-view';

interface Props {
  readonly dossier: Dossier;
  readonly company: DossierCompany;
  readonly view: Pick<SheetView, 'answers' | 'listedName' | 'pending'>;
  readonly onChange: (dossier: Dossier) => void;
}

/**
 * Of a company that the directory does not know, what its calls tell: its name replaces the number that stood for it,
 * and its head office is offered for the data that are asked by SIRET.
 */
export function LearnedIdentity({ dossier, company, view, onChange }: Props): ReactNode {
  const [busy, setBusy] = useState(false);
  const isOpen = dossier.state === 'open';
  const { identifier } = company;
  const name = learnedName(company, view.listedName);
  const headOffice = offeredHeadOffice(company, view.answers);
  useTakenName(isOpen && view.pending.length === 0 ? name : null, { dossier, company, onChange });
  if (!isOpen || headOffice === null) return null;
  const take = (): void => {
    setBusy(true);
    callMain('dossiers.addCompany', { id: dossier.id, identifier, siret: headOffice, isHeadOffice: true, name: name ?? company.name })
      .then(onChange, showFailure)
      .finally(() => setBusy(false));
  };
  return (
    <Alert color="ink" role="status" title="Siège trouvé">
      <Group justify="space-between">
        L’Insee donne le SIRET du siège, {formatIdentifier(headOffice)}. Retenez-le pour consulter aussi les données demandées par SIRET.
        <Button size="xs" loading={busy} onClick={take}>Retenir ce siège</Button>
      </Group>
    </Alert>
  );
}

/** Once for a name: a dossier that refuses the change is not asked again at each answer. */
function useTakenName(name: string | null, { dossier, company, onChange }: Omit<Props, 'view'>): void {
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (name === null || asked.current === name) return;
    asked.current = name;
    const { identifier, siret } = company;
    // The sheet shows the name by itself: a failure leaves the number in lists, until the sheet is opened again.
    callMain('dossiers.addCompany', { id: dossier.id, identifier, siret, name }).then(onChange, () => undefined);
  }, [name, dossier.id, company, onChange]);
}
