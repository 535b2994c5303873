import { Anchor, Breadcrumbs } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import { callMain } from './bridge';
import { navigate } from './navigation';

/** Way back from a company or a document to its dossier. */
export function DossierTrail({ dossierId }: { readonly dossierId: string }): ReactNode {
  const [title, setTitle] = useState('Dossier');
  useEffect(() => {
    let current = true;
    callMain('dossiers.get', { id: dossierId }).then(
      (dossier) => current && setTitle(dossier.title),
      // The screen below says why; the way back stays.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [dossierId]);
  return (
    <Breadcrumbs component="nav" aria-label="Fil d’Ariane" mb="md" separator="›" style={{ rowGap: 6 }}>
      <Anchor component="button" type="button" size="sm" onClick={() => navigate({ name: 'dossiers' })}>Dossiers</Anchor>
      <Anchor component="button" type="button" size="sm" onClick={() => navigate({ name: 'dossier', dossierId })}>{title}</Anchor>
    </Breadcrumbs>
  );
}
