import { Alert, Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { showFailure } from '../../components/toasts';
import { type Replacement, replacementOf } from './replaced-identity';
import type { SheetView } from './use-sheet-view';

interface Props {
  readonly dossier: Dossier;
  readonly company: DossierCompany;
  readonly view: Pick<SheetView, 'answers' | 'listedName'>;
}

/** Leads to the company that the Insee answers for, where the one of the sheet is its duplicate. */
export function ReplacedIdentity({ dossier, company, view }: Props): ReactNode {
  const [busy, setBusy] = useState(false);
  const replacement = replacementOf(company, view.answers);
  if (replacement === null) return null;
  const { asked, identifier, siret } = replacement;
  const isThere = dossier.companies.some((other) => other.identifier === identifier && other.identifier !== company.identifier);
  const isOffered = isThere || dossier.state === 'open';
  const open = (): void => {
    setBusy(true);
    (isThere ? Promise.resolve() : addReplacement(dossier, replacement, view))
      .then(() => navigate({ name: 'company', dossierId: dossier.id, identifier }), showFailure)
      .finally(() => setBusy(false));
  };
  return (
    <Alert color="orange" role="status" title="Identifiant remplacé">
      <Group justify="space-between">
        L’Insee tient {formatIdentifier(asked)} pour un doublon de {formatIdentifier(siret ?? identifier)}, qui le remplace.
        {isOffered && <Button size="xs" loading={busy} onClick={open}>{isThere ? 'Ouvrir sa fiche' : 'L’ajouter et ouvrir sa fiche'}</Button>}
      </Group>
    </Alert>
  );
}

function addReplacement(dossier: Dossier, { identifier, siret }: Replacement, { listedName }: Props['view']): Promise<Dossier> {
  return callMain('dossiers.addCompany', { id: dossier.id, identifier, siret, name: listedName ?? formatIdentifier(identifier) });
}
