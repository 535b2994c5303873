import { Alert, Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { callMain } from '../../app/bridge';
import { CopyTextButton } from '../../components/copy-button';
import { ProgressBar } from '../../components/progress-bar';
import { SpokenProgress } from '../../components/spoken-progress';
import { useLoaded } from '../../components/use-loaded';
import { useVerification, type Verification, VerificationVerdict } from '../history';

/** Checks the whole chain or a part of it, and says what that proves. */
export function VerifyPanel({ fromSeq }: { readonly fromSeq: number | undefined }): ReactNode {
  const { state, verify, cancel } = useVerification();
  return (
    <Stack gap="lg" maw={820}>
      <section className="card panel" aria-labelledby="verify-title">
        <Title order={2} size="h3" id="verify-title">Vérifier l’historique</Title>
        <Text c="dimmed" mt={4} mb="md">Chaque ligne porte l’empreinte de la précédente : la vérification refait tous les calculs et compare.</Text>
        <RangeForm firstSeq={fromSeq} disabled={state.step === 'running'} onVerify={(range) => void verify(range)} />
        <Outcome state={state} onCancel={cancel} />
      </section>
      <WhatItProves />
      <SealKey />
    </Stack>
  );
}

interface Range {
  readonly fromSeq?: number;
  readonly toSeq?: number;
}

function RangeForm({ firstSeq, disabled, onVerify }: { readonly firstSeq: number | undefined; readonly disabled: boolean; readonly onVerify: (range: Range) => void }): ReactNode {
  const [from, setFrom] = useState<number | string>(firstSeq ?? '');
  const [to, setTo] = useState<number | string>('');
  const fromSeq = numberOf(from);
  const toSeq = numberOf(to);
  const wrong = fromSeq !== undefined && toSeq !== undefined && toSeq < fromSeq;
  const submit = (): void => onVerify({ ...(fromSeq === undefined ? {} : { fromSeq }), ...(toSeq === undefined ? {} : { toSeq }) });
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); if (!wrong) submit(); }}>
      <Group align="flex-end">
        <NumberInput label="De la ligne" placeholder="La première" min={1} allowDecimal={false} allowNegative={false} hideControls w={150} value={from} onChange={setFrom} />
        <NumberInput label="À la ligne" placeholder="La dernière" min={1} allowDecimal={false} allowNegative={false} hideControls w={150} value={to} onChange={setTo} />
        <Button type="submit" disabled={disabled || wrong} leftSection={<IconShieldCheck size={18} aria-hidden />}>Vérifier</Button>
      </Group>
      {wrong && <Text size="sm" c="var(--mantine-color-error)" mt={6} role="alert">La dernière ligne doit suivre la première.</Text>}
    </form>
  );
}

function numberOf(value: number | string): number | undefined {
  const number = Number(value);
  return value === '' || !Number.isSafeInteger(number) || number < 1 ? undefined : number;
}

function Outcome({ state, onCancel }: { readonly state: Verification; readonly onCancel: () => void }): ReactNode {
  if (state.step === 'idle') return null;
  return (
    <div style={{ marginTop: 18 }}>
      {state.step === 'running' && (
        <Group>
          <ProgressBar flex={1} miw={120} percent={state.total > 0 ? (100 * state.checked) / state.total : 0} label="Avancement de la vérification" />
          <Text size="sm">{state.total > 0 ? `${state.checked.toLocaleString('fr-FR')} lignes sur ${state.total.toLocaleString('fr-FR')}` : 'Vérification en cours…'}</Text>
          <SpokenProgress done={state.checked} total={state.total} />
          <Button variant="default" size="xs" onClick={onCancel}>Arrêter</Button>
        </Group>
      )}
      {state.step === 'failed' && <Alert color="red" role="alert">{state.message}</Alert>}
      <VerificationVerdict report={state.step === 'done' ? state.report : null} />
    </div>
  );
}

/** A proof that claims too much proves nothing. */
function WhatItProves(): ReactNode {
  return (
    <section className="card panel two-columns" aria-label="Portée de la vérification">
      <div>
        <Title order={3} size="h4" mb={6}>Ce que la vérification établit</Title>
        <ul className="plain-list">
          <li>Aucune ligne contrôlée n’a été modifiée, retirée, ajoutée ni déplacée depuis qu’un sceau a été posé sur elle ou sur une ligne qui la suit.</li>
          <li>Les sceaux viennent de la clé de ce poste, gardée par le trousseau du système.</li>
          <li>Le début et la fin de l’historique sont ceux que ce poste a vus en dernier.</li>
        </ul>
      </div>
      <div>
        <Title order={3} size="h4" mb={6}>Ce qu’elle n’établit pas</Title>
        <ul className="plain-list">
          <li>Qui administre entièrement ce poste peut couper la fin de l’historique et refaire la suite. Seule une copie gardée ailleurs, un export ou un horodatage extérieur, fixe l’état à une date.</li>
          <li>Les heures sont celles de l’horloge du poste.</li>
          <li>Elle ne dit rien des consultations faites hors d’Instruire avec le même jeton.</li>
        </ul>
      </div>
    </section>
  );
}

function SealKey(): ReactNode {
  const { value, problem } = useLoaded(() => callMain('journal.sealKey', undefined), '');
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return null;
  return (
    <section className="card panel" aria-labelledby="seal-key">
      <Group justify="space-between">
        <Title order={3} size="h4" id="seal-key">Clé publique des sceaux</Title>
        <CopyTextButton text={value.publicKeyPem} label="Copier la clé" />
      </Group>
      <Text size="sm" c="dimmed" my="xs">À remettre à l’auditeur par un autre chemin que l’export : elle lui permet de vérifier un export JSON Lines sans Instruire.</Text>
      {/* A text that scrolls is reachable from the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="code-block" tabIndex={0} aria-label="Clé publique">{value.publicKeyPem.trim()}</pre>
      <Text size="sm" mt="sm">Dernière ligne : <b>{value.headSeq.toLocaleString('fr-FR')}</b></Text>
      <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>{value.headHash}</Text>
    </section>
  );
}
