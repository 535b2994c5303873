import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { letterText } from '../../../shared/domain/completeness/letter';
import { callMain } from '../../app/bridge';
import { useSession } from '../../app/session-store';
import { CopyTextButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { todayInFrance } from '../../components/today';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import type { Dossier } from './dossier-rows';
import type { Completeness, PieceList } from './use-completeness';

interface Props {
  readonly dossier: Dossier;
  readonly completeness: Completeness;
  readonly list: PieceList;
  /** Null: closed. */
  readonly identifier: string | null;
  readonly onClose: () => void;
}

/** A letter ready to be sent, which the agent may correct first. */
export function LetterDialog({ dossier, completeness, list, identifier, onClose }: Props): ReactNode {
  const sender = useSession((state) => state.start?.session?.agent);
  const row = completeness.rows.find((one) => one.identifier === identifier);
  return (
    <Dialog opened={identifier !== null} onClose={onClose} size="xl" title={row ? `Courrier à ${row.name}` : ''}>
      {row && sender && <Letter dossierId={dossier.id} identifier={row.identifier} initial={letterText({ list, row, dossier, sender, today: todayInFrance() })} />}
    </Dialog>
  );
}

function Letter({ dossierId, identifier, initial }: { readonly dossierId: string; readonly identifier: string; readonly initial: string }): ReactNode {
  const [text, setText] = useState(initial);
  const { busy, problem, run } = useAction();
  const save = (format: 'txt' | 'pdf'): void =>
    run(async () => {
      const saved = await callMain('dossiers.saveLetter', { id: dossierId, identifier, format, text });
      if (saved) showDone('Courrier enregistré', saved.path);
    });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        Ne pas recevoir une donnée ne peut pas conduire, à soi seul, à écarter un dossier : ce courrier propose à la structure d’envoyer elle-même les pièces.
        Relisez-le et corrigez-le avant de l’envoyer.
      </Text>
      <Textarea aria-label="Texte du courrier" autosize minRows={14} maxRows={22} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      <Group justify="flex-end" gap="sm">
        <CopyTextButton text={text} label="Copier" what="le courrier" />
        <Button variant="default" disabled={text === ''} loading={busy} onClick={() => save('txt')}>Enregistrer en texte</Button>
        <Button disabled={text === ''} loading={busy} onClick={() => save('pdf')}>Enregistrer en PDF</Button>
      </Group>
    </Stack>
  );
}
