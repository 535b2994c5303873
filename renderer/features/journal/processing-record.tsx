import { Alert, Button, Group, Skeleton, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { callMain } from '../../app/bridge';
import { CopyTextButton } from '../../components/copy-button';
import { showDone, showFailure } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';

/** Entry for the « registre des traitements », ready to be copied into it. */
export function ProcessingRecord(): ReactNode {
  const { value, problem } = useLoaded(() => callMain('journal.processingRecord', undefined), '');
  const save = (): void => {
    callMain('journal.saveProcessingRecord', undefined).then((saved) => saved && showDone('Fiche enregistrée', saved.path), showFailure);
  };
  return (
    <section className="card panel" aria-labelledby="processing-record">
      <Title order={2} size="h3" id="processing-record">Registre des traitements</Title>
      <Text mt="xs" mb="md">Cette fiche décrit l’historique pour le registre de votre administration, d’après les réglages de ce poste. Votre délégué à la protection des données la complète.</Text>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={160} aria-label="Rédaction de la fiche" />}
      {value !== null && (
        <>
          {/* A text that scrolls is reachable from the keyboard. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className="code-block record-text" tabIndex={0} role="region" aria-label="Fiche du registre">{value.text}</div>
          <Group mt="md">
            <CopyTextButton text={value.text} label="Copier la fiche" />
            <Button variant="default" onClick={save}>Enregistrer la fiche…</Button>
          </Group>
        </>
      )}
    </section>
  );
}
