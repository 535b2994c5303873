import { Alert, Box, Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, type UIEvent, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { LONGEST_WORDS } from '../../../shared/ipc/problem-report';
import { callMain } from '../../app/bridge';
import { PageHead } from '../../components/page-head';
import { SectionCard } from '../../components/section-card';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';

type Report = ChannelOutput<'problem.prepare'>;

/** Words, then the whole report to read, then a file: nothing leaves by itself. */
export function ProblemReportScreen(): ReactNode {
  const [words, setWords] = useState('');
  const [report, setReport] = useState<Report | null>(null);
  const preparing = useAction();
  return (
    <div className="page" style={{ maxWidth: 980 }}>
      <PageHead title="Signaler un problème" summary="Un rapport à lire en entier, puis à enregistrer et à remettre vous-même à votre service informatique. Rien n’est envoyé." />
      <Stack gap="lg">
        <SectionCard title="Ce qui s’est passé">
          <Textarea
            label="Ce que vous faisiez, ce que vous attendiez, ce qui est arrivé"
            description="N’écrivez ni nom d’entreprise ni nom de personne : l’assistance n’en a pas besoin."
            autosize
            minRows={3}
            maxRows={10}
            maxLength={LONGEST_WORDS}
            value={words}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              setReport(null);
            }}
          />
          {preparing.problem !== null && <Alert color="red" role="alert" mt="sm">{preparing.problem.message}</Alert>}
          <Button mt="md" loading={preparing.busy} onClick={() => preparing.run(async () => setReport(await callMain('problem.prepare', { words })))}>
            {report === null ? 'Préparer le rapport' : 'Préparer de nouveau'}
          </Button>
        </SectionCard>
        {report !== null && <ReportToRead key={report.reportId} report={report} />}
      </Stack>
    </div>
  );
}

/** The end is reached when less than a line is left. */
const END_TOLERANCE_PX = 24;

function ReportToRead({ report }: { readonly report: Report }): ReactNode {
  const [seenToEnd, setSeenToEnd] = useState(false);
  const [approved, setApproved] = useState(false);
  const saving = useAction();
  const look = (box: HTMLElement): void => {
    if (box.scrollHeight - box.scrollTop - box.clientHeight < END_TOLERANCE_PX) setSeenToEnd(true);
  };
  const save = async (): Promise<void> => {
    const saved = await callMain('problem.save', { reportId: report.reportId });
    if (saved !== null) showDone('Rapport enregistré', `${saved.path} : remettez ce fichier à votre service informatique. L’enregistrement est inscrit dans l’historique.`);
  };
  return (
    <SectionCard title="Le rapport, en entier">
      <Box
        component="pre"
        role="region"
        aria-label="Texte du rapport"
        tabIndex={0}
        ref={(box: HTMLPreElement | null) => { if (box) look(box); }}
        onScroll={(event: UIEvent<HTMLPreElement>) => look(event.currentTarget)}
        style={{ maxHeight: 420, overflow: 'auto', margin: 0, padding: 12, fontSize: '0.8rem', lineHeight: 1.5, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', border: '1px solid var(--mantine-color-default-border)', borderRadius: 6 }}
      >
        {report.text}
      </Box>
      <Text size="sm" c="dimmed" mt="xs">Les noms et numéros que ce poste connaît y sont remplacés. Si vous lisez encore ce qui désigne une entreprise ou une personne, ne l’enregistrez pas.</Text>
      <Group justify="space-between" mt="md">
        <Checkbox
          label="J’ai lu tout le rapport"
          description={seenToEnd ? undefined : 'Faites défiler le texte jusqu’à sa fin.'}
          disabled={!seenToEnd}
          checked={approved}
          onChange={(event) => setApproved(event.currentTarget.checked)}
        />
        <Button disabled={!approved} loading={saving.busy} onClick={() => saving.run(save)}>Enregistrer…</Button>
      </Group>
      {saving.problem !== null && <Alert color="red" role="alert" mt="sm">{saving.problem.message}</Alert>}
    </SectionCard>
  );
}
