import { Alert, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { checkJustification, type JustificationField, objectAdvice } from '../../../shared/domain/justification';

/** The three parameters due with every call, to try out without calling anything. */
export function TracingStep(): ReactNode {
  const [draft, setDraft] = useState({ context: 'Marchés publics', recipient: '', object: '' });
  const [called, setCalled] = useState('');
  const { problems, justification } = checkJustification(draft, called.replace(/\s/g, ''));
  const touched = draft.recipient !== '' || draft.object !== '';
  const errorOf = (field: JustificationField): string | null => (touched ? (problems.find((problem) => problem.field === field)?.message ?? null) : null);
  const field = (name: JustificationField) => ({
    value: draft[name],
    error: errorOf(name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <>
      <Text>
        Chaque appel porte trois indications. Elles vont au fournisseur de la donnée, qui peut vous demander de les justifier, et dans l’historique de ce
        poste, gardé trente-six mois. Vous les saisissez une fois, dans le dossier ; l’habilitation dit lesquelles sont permises.
      </Text>
      <Text size="sm" c="dimmed">Essayez ici : rien n’est envoyé.</Text>
      <Stack gap="sm" maw={520}>
        <TextInput label="Contexte" description="Le cadre de la démarche : marchés publics, aides publiques…" {...field('context')} />
        <TextInput label="Destinataire" description="SIRET de l’administration qui utilise la donnée ; ni l’entreprise consultée, ni un prestataire." {...field('recipient')} />
        <TextInput label="Objet" description="Ce qui relie l’appel à votre affaire : numéro du marché, du dossier d’aide… Moins de 50 caractères de préférence." {...field('object')} />
        <TextInput label="Entreprise consultée (facultatif)" description="SIREN ou SIRET, pour vérifier qu’elle n’est pas son propre destinataire." value={called} onChange={(event) => setCalled(event.currentTarget.value)} />
      </Stack>
      <div aria-live="polite">
        {justification && <Alert color="teal">{objectAdvice(draft.object) ?? 'Le service accepterait cette justification.'}</Alert>}
      </div>
    </>
  );
}
