import { Alert, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { useAction } from '../../components/use-action';
import { outcomes, subjectOf, whenText } from '../history';
import type { StepProps } from './step-props';
import type { Trial } from './trial';
import { TrialChoice } from './trial-choice';

type Outcome = ChannelOutput<'consultation.run'>;
type JournalLine = ChannelOutput<'journal.search'>['lines'][number];

interface Result {
  readonly endpointTitle: string;
  readonly outcome: Outcome;
  /** The line that this very call left. */
  readonly trace: JournalLine | null;
}

/** One call, for real, then the line that it left in the history. */
export function CallStep({ trial, onTrial, onDone }: StepProps): ReactNode {
  const [result, setResult] = useState<Result | null>(null);
  const [consultationId, setConsultationId] = useState<string | null>(null);
  const { busy, problem, run } = useAction();
  const call = (chosen: Trial): void => {
    const id = crypto.randomUUID();
    setConsultationId(id);
    setResult(null);
    run(async () => {
      const called = await callAndTrace(chosen, id);
      setResult(called);
      if (called.outcome.step === 'answered') onDone();
    });
  };
  return (
    <>
      <Text>Un vrai appel, dans l’environnement de ce poste. Il est inscrit dans l’historique avant de partir : si l’inscription échoue, rien ne part.</Text>
      <TrialChoice trial={trial} onTrial={onTrial} />
      {trial && (
        <Group>
          <Button loading={busy} onClick={() => call(trial)}>Faire l’appel</Button>
          {busy && consultationId !== null && <Button variant="default" onClick={() => void callMain('consultation.cancel', { consultationId })}>Annuler</Button>}
        </Group>
      )}
      {busy && <Group gap="xs" role="status"><Loader size="xs" aria-hidden /><Text size="sm">Appel en cours…</Text></Group>}
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      {result && trial && <ResultView result={result} dossierId={trial.dossier.id} identifier={trial.company.identifier} />}
    </>
  );
}

async function callAndTrace({ dossier, company, endpoint }: Trial, consultationId: string): Promise<Result> {
  const outcome = await callMain('consultation.run', { consultationId, dossierId: dossier.id, endpointId: endpoint.id, identifier: company.identifier, parameters: {} });
  const { lines } = await callMain('journal.search', { filter: { dossierId: dossier.id, endpointId: endpoint.id }, limit: 1 });
  return { endpointTitle: endpoint.title, outcome, trace: lines[0] ?? null };
}

interface ResultProps {
  readonly result: Result;
  readonly dossierId: string;
  readonly identifier: string;
}

function ResultView({ result: { endpointTitle, outcome, trace }, dossierId, identifier }: ResultProps): ReactNode {
  return (
    <Stack gap="md" aria-live="polite">
      {outcome.step === 'answered' ? (
        <Alert color="teal" title="Réponse reçue">
          « {endpointTitle} » : réponse de {outcome.answer.provider} en {(outcome.answer.durationMs / 1_000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}{'\u00a0'}s. Vous êtes prêt à instruire.
        </Alert>
      ) : (
        <Alert color="amber" title={outcome.error.message}>{outcome.error.advice}</Alert>
      )}
      {trace && <TraceCard trace={trace} />}
      <Group>
        <Button variant="default" onClick={() => navigate({ name: 'company', dossierId, identifier })}>Ouvrir la fiche de l’entreprise</Button>
        <Button variant="default" onClick={() => navigate({ name: 'history' })}>Ouvrir l’historique</Button>
      </Group>
    </Stack>
  );
}

function TraceCard({ trace }: { readonly trace: JournalLine }): ReactNode {
  const facts = [
    ['Quand', whenText(trace.at)],
    ['Qui', trace.agentName],
    ['Quoi', subjectOf(trace)],
    ['Contexte', trace.context],
    ['Destinataire', trace.recipient],
    ['Objet', trace.object],
    ['Résultat', outcomes[trace.outcome].label],
    ['Identifiant d’appel', trace.requestId],
  ] as const;
  return (
    <section className="card" aria-label="Trace dans l’historique" style={{ padding: '16px 20px' }}>
      <Title order={3} size="h4" mb="sm">Sa trace : ligne {trace.seq} de l’historique</Title>
      <dl style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))', gap: '12px 24px', margin: 0 }}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">{label}</Text>
            <Text component="dd" m={0} size="sm" style={{ overflowWrap: 'anywhere' }}>{value ?? '—'}</Text>
          </div>
        ))}
      </dl>
    </section>
  );
}
