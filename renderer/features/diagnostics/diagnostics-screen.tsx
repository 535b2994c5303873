import { Alert, Button, Stack, Text, Textarea, VisuallyHidden } from '@mantine/core';
import { IconPlayerStop, IconStethoscope } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { CHECK_IDS, checks as descriptions } from '../../../shared/domain/diagnostics';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { CopyTextButton } from '../../components/copy-button';
import { PageHead } from '../../components/page-head';
import { ProgressBar } from '../../components/progress-bar';
import { SectionCard } from '../../components/section-card';
import { SpokenProgress } from '../../components/spoken-progress';
import { useLoaded } from '../../components/use-loaded';
import { CheckRow } from './check-row';
import { NetworkAccounts } from './network-accounts';
import { type Checks, useChecks } from './use-checks';

const SUMMARY = 'Ce qui relie ce poste au service, maillon par maillon. « Tout vérifier » ne coûte aucun appel\u00a0; le jeton, qui en compte un, se vérifie à part.';

export function DiagnosticsScreen(): ReactNode {
  const checks = useChecks();
  const { results, running, problem, run } = checks;
  const turn = running === null ? CHECK_IDS.map((id) => results[id]?.at ?? '').join() : '';
  return (
    <div className="page">
      <PageHead title="Diagnostic" summary={SUMMARY} actions={<><Button variant="default" onClick={() => navigate({ name: 'problem-report' })}>Signaler un problème…</Button><RunButton checks={checks} /></>} />
      <Advance checks={checks} />
      {problem !== null && <Alert color="red" role="alert" mb="lg">{problem}</Alert>}
      <Stack gap="lg">
        <section className="card" aria-label="Vérifications">
          <ul className="diagnostic-list">
            {CHECK_IDS.map((id) => <CheckRow key={id} checkId={id} result={results[id]} isRunning={running === id} isBusy={running !== null} onRun={() => run(id)} />)}
          </ul>
        </section>
        <NetworkAccounts turn={turn} />
        <Report turn={turn} />
      </Stack>
    </div>
  );
}

function RunButton({ checks: { running, runAll, stop } }: { readonly checks: Checks }): ReactNode {
  if (running !== null) return <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={stop}>Arrêter</Button>;
  return <Button leftSection={<IconStethoscope size={16} aria-hidden />} onClick={runAll}>Tout vérifier</Button>;
}

function Advance({ checks: { running, progress, verdict } }: { readonly checks: Checks }): ReactNode {
  return (
    <div>
      {running !== null && progress !== null && (
        <Stack gap={4} mb="md">
          <Text size="sm">Vérification {progress.done + 1} sur {progress.total} : {descriptions[running].title}</Text>
          <ProgressBar percent={(100 * progress.done) / progress.total} label="Avancement des vérifications" />
          <SpokenProgress done={progress.done} total={progress.total} />
        </Stack>
      )}
      <VisuallyHidden role="status">{verdict}</VisuallyHidden>
    </div>
  );
}

/** Shown whole before it is copied: whoever sends it knows what he sends. */
function Report({ turn }: { readonly turn: string }): ReactNode {
  const { value, problem } = useLoaded(() => callMain('diagnostics.report', undefined), turn);
  return (
    <SectionCard title="Rapport pour le support" {...(value === null ? {} : { actions: <CopyTextButton text={value.text} label="Copier le rapport" /> })}>
      <Text size="sm" c="dimmed" mb="sm">Versions, états et identifiants des derniers appels. Ni jeton, ni mot de passe, ni nom d’entreprise ou de personne.</Text>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value !== null && <Textarea readOnly aria-label="Texte du rapport" rows={14} value={value.text} classNames={{ input: 'diagnostic-report' }} />}
    </SectionCard>
  );
}
