import { Alert, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconDownload, IconFileSearch, IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain, messageOf } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { countText, RunningExport } from '../../components/export-menu';
import { useExport } from '../../components/use-export';
import { readPastedIds } from '../history';
import { AuditAnswer } from './audit-answer';

type Answer = ChannelOutput<'journal.answerAudit'>;

const MOST_IDS = 5_000;

/** « Réponse à un contrôle »: from the ids that the operators send to a page that answers them. */
export function AuditPanel(): ReactNode {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<{ readonly found: Answer; readonly requestIds: readonly string[] } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { ids: requestIds, lineCountAside } = readPastedIds(text);
  const search = async (asked: readonly string[], isWhole = false): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      setAnswer({ found: await callMain('journal.answerAudit', { requestIds: [...asked], isWhole }), requestIds: asked });
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const tooMany = requestIds.length > MOST_IDS;
  return (
    <Stack gap="lg">
      <section className="card panel no-print" aria-labelledby="audit-title">
        <Title order={2} size="h3" id="audit-title">Répondre à un contrôle</Title>
        <Text c="dimmed" mt={4} mb="md" maw={720}>
          Le service peut demander qui a fait un appel, quand et pourquoi. Collez les identifiants d’appel (X‑Request‑ID) qu’il vous a transmis, sous
          quelque forme que ce soit : une liste, un courriel, un extrait de journal. Eux seuls en sont retenus.
        </Text>
        <Textarea label="Identifiants d’appel" autosize minRows={3} maxRows={10} value={text} onChange={(event) => setText(event.currentTarget.value)} error={tooMany ? `Au plus ${MOST_IDS.toLocaleString('fr-FR')} identifiants à la fois : collez-les en plusieurs fois.` : null} />
        <Group mt="md">
          <Button leftSection={<IconFileSearch size={18} aria-hidden />} loading={busy} disabled={requestIds.length === 0 || tooMany} onClick={() => void search(requestIds)}>
            Rechercher{requestIds.length > 0 && ` ${requestIds.length.toLocaleString('fr-FR')} identifiant${requestIds.length > 1 ? 's' : ''}`}
          </Button>
          {lineCountAside > 0 && <Text size="sm" c="dimmed">{asideText(lineCountAside)}</Text>}
        </Group>
        {problem !== null && <Alert color="red" role="alert" mt="md">{problem}</Alert>}
      </section>
      {answer && <ReadyAnswer answer={answer.found} requestIds={answer.requestIds} isReading={busy} onShowAll={() => void search(answer.requestIds, true)} />}
    </Stack>
  );
}

function asideText(count: number): string {
  return count === 1 ? 'Une ligne sans identifiant est laissée de côté.' : `${count.toLocaleString('fr-FR')} lignes sans identifiant sont laissées de côté.`;
}

interface ReadyProps {
  readonly answer: Answer;
  readonly requestIds: readonly string[];
  readonly isReading: boolean;
  readonly onShowAll: () => void;
}

function ReadyAnswer({ answer, requestIds, isReading, onShowAll }: ReadyProps): ReactNode {
  const organisation = useSession((state) => state.start?.session?.agent.organisation) ?? '';
  const exporting = useExport({ progress: 'journal.exportProgress', cancel: 'journal.cancelExport' });
  const save = (format: 'pdf' | 'csv'): void =>
    exporting.start(async (exportId) => {
      const saved = await callMain('journal.saveAuditAnswer', { exportId, requestIds: [...requestIds], format });
      return saved && { title: 'Réponse enregistrée', message: saved.path };
    });
  return (
    <>
      <Group className="no-print" justify="flex-end" gap="sm">
        {exporting.progress ? (
          <RunningExport progress={exporting.progress} label="Avancement de la réponse" textOf={countText} onCancel={exporting.cancel} />
        ) : (
          <>
            <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} onClick={() => save('pdf')}>Enregistrer en PDF</Button>
            <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} onClick={() => save('csv')}>Enregistrer en CSV</Button>
          </>
        )}
        <Button variant="default" leftSection={<IconPrinter size={17} aria-hidden />} onClick={() => window.print()}>Imprimer</Button>
      </Group>
      <AuditAnswer answer={answer} requestIds={requestIds} organisation={organisation} isReading={isReading} onShowAll={onShowAll} />
    </>
  );
}
