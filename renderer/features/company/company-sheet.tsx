import { Alert, Skeleton } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useState } from 'react';

import type { Dossier } from '../../../shared/domain/dossier';
import type { Habilitation } from '../../../shared/domain/habilitation';
import { callMain, messageOf } from '../../app/bridge';
import { Sheet } from './sheet';

interface Context {
  readonly dossier: Dossier;
  readonly habilitation: Habilitation | null;
  readonly useV2: boolean;
}

/** The company sheet: opens on the answers already kept, then fills in as providers answer. */
export function CompanySheet({ dossierId, identifier }: { readonly dossierId: string; readonly identifier: string }): ReactNode {
  const [context, setContext] = useState<Context | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    loadContext(dossierId).then(
      (loaded) => current && setContext(loaded),
      (error: unknown) => current && setProblem(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [dossierId]);
  const onChange = useCallback((dossier: Dossier) => setContext((shown) => (shown === null ? null : { ...shown, dossier })), []);
  const isThere = context?.dossier.companies.some((company) => company.identifier === identifier) === true;
  useEffect(() => {
    // A list of convenience: the sheet does not wait for it.
    if (isThere) callMain('search.opened', { dossierId, identifier }).catch(() => undefined);
  }, [isThere, dossierId, identifier]);
  if (problem !== null) return <Alert color="red" title="La fiche ne peut pas s’ouvrir">{problem}</Alert>;
  if (context === null) return <Skeleton height={160} radius="md" aria-label="Ouverture de la fiche" />;
  const company = context.dossier.companies.find((candidate) => candidate.identifier === identifier);
  if (!company) return <Alert color="orange" title="Entreprise absente du dossier">Ajoutez-la au dossier pour la consulter.</Alert>;
  return <Sheet key={`${dossierId}:${identifier}`} {...context} company={company} onChange={onChange} />;
}

async function loadContext(dossierId: string): Promise<Context> {
  const [dossier, habilitations, { useV2 }] = await Promise.all([
    callMain('dossiers.get', { id: dossierId }),
    callMain('habilitations.list', undefined),
    callMain('settings.get', undefined),
  ]);
  return { dossier, habilitation: habilitations.find(({ id }) => id === dossier.habilitationId) ?? null, useV2 };
}
