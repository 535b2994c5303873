import { Alert, Anchor, Badge, Button, Group, NumberInput, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { hasShippedSource, type Procedure, procedureLabels, PROCEDURES, SHIPPED_SOURCES_NOTE } from '../../../shared/domain/completeness';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { goBack } from '../../app/navigation';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { PageHead } from '../../components/page-head';
import { showDone } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';
import { draftedProcedures, forgetDraft, keepDraft, keepTypedSince, type PieceDraft, usePieceDrafts } from './piece-drafts-store';
import { PieceEditor } from './piece-editor';
import type { RequiredPiece } from './use-completeness';
import { ValidityRules } from './validity-rules';

type ListInUse = ChannelOutput<'completeness.lists'>[number];

/** What each procedure demands: shipped with its source in law, changed by a responsable, always able to come back. */
export function PieceListsScreen({ procedure = 'marches_attribution' }: { readonly procedure?: Procedure }): ReactNode {
  const [chosen, setChosen] = useState(procedure);
  const { value, problem, replace } = useLoaded(() => callMain('completeness.lists', undefined), '');
  const drafts = usePieceDrafts();
  const inUse = value?.find(({ list }) => list.procedure === chosen);
  const labelOf = (one: Procedure): string => (drafts[one] ? `${procedureLabels[one]} (non enregistrée)` : procedureLabels[one]);
  const onChange = (changed: ListInUse): void => replace((value ?? []).map((one) => (one.list.procedure === changed.list.procedure ? changed : one)));
  return (
    <div className="page" style={{ maxWidth: 900 }}>
      <Anchor component="button" type="button" size="sm" mb="sm" onClick={goBack}>‹ Retour</Anchor>
      <PageHead title="Listes de pièces" summary="Ce que chaque procédure demande, et ce que la structure peut envoyer elle-même. Chaque changement est inscrit dans l’historique." />
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {value === null && problem === null && <Skeleton h={260} aria-label="Lecture des listes" />}
      {inUse && (
        <Stack gap="lg">
          <Select
            label="Procédure"
            allowDeselect={false}
            data={PROCEDURES.map((one) => ({ value: one, label: labelOf(one) }))}
            value={chosen}
            onChange={(next) => setChosen(PROCEDURES.find((one) => one === next) ?? chosen)}
            maw={360}
          />
          <DraftsNote drafted={draftedProcedures(drafts)} />
          <ListEditor key={chosen} inUse={inUse} draft={drafts[chosen]} onChange={onChange} />
          <ValidityRules />
        </Stack>
      )}
    </div>
  );
}

/** Nothing that was typed is lost by a look elsewhere, nor followed before it is saved: both are said. */
function DraftsNote({ drafted }: { readonly drafted: readonly Procedure[] }): ReactNode {
  return (
    <div role="status">
      {drafted.length > 0 && (
        <Alert color="amber" title="Changements non enregistrés">
          Vous retrouverez ici, jusqu’à la fin de votre session, ce que vous avez changé dans {drafted.map((one) => `«\u00a0${procedureLabels[one]}\u00a0»`).join(', ')}. Les
          dossiers ne suivent ces changements qu’une fois la liste enregistrée.
        </Alert>
      )}
    </div>
  );
}

interface EditorProps {
  readonly inUse: ListInUse;
  readonly draft: PieceDraft | undefined;
  readonly onChange: (changed: ListInUse) => void;
}

function ListEditor({ inUse, draft, onChange }: EditorProps): ReactNode {
  const { list, changedBy, changedAt } = inUse;
  const { pieces, soonDays } = draft ?? list;
  const [asking, setAsking] = useState<'restore' | 'giveUp' | null>(null);
  const { busy, problem, run } = useAction();
  const setPieces = (changed: PieceDraft['pieces']): void => keepDraft(list, { pieces: changed, soonDays });
  const save = (sent: PieceDraft): void =>
    run(async () => {
      const saved = await callMain('completeness.saveList', { list: { ...list, soonDays: sent.soonDays, pieces: [...sent.pieces] } });
      onChange(saved);
      keepTypedSince(sent, list, saved.list);
      showDone('Liste enregistrée', 'Les dossiers de cette procédure sont mesurés avec elle dès maintenant.');
    });
  const replacePiece = (changed: RequiredPiece): void => setPieces(pieces.map((piece) => (piece.id === changed.id ? changed : piece)));
  return (
    <>
      <Group gap="sm">
        <Badge variant="light" color={changedBy === null ? 'teal' : 'ink'} radius="sm" tt="none">{changedBy === null ? 'Modèle' : 'Modifiée'}</Badge>
        {changedBy !== null && changedAt !== null && <Text size="sm" c="dimmed">par {changedBy} le {new Date(changedAt).toLocaleDateString('fr-FR')}</Text>}
        {changedBy !== null && <Button variant="subtle" size="compact-sm" onClick={() => setAsking('restore')}>Revenir au modèle</Button>}
      </Group>
      {list.pieces.some((piece) => hasShippedSource(list.procedure, piece)) && <Text size="sm" c="dimmed">{SHIPPED_SOURCES_NOTE}</Text>}
      <NumberInput
        label="« Expire bientôt » : jours avant la fin"
        description="Une pièce passe à l’orange ce nombre de jours avant sa fin de validité, ou dès qu’elle ne tient pas jusqu’à l’échéance du dossier."
        value={soonDays}
        onChange={(days) => keepDraft(list, { pieces, soonDays: typeof days === 'number' ? days : soonDays })}
        min={0}
        max={365}
        allowDecimal={false}
        maw={420}
      />
      <Stack component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label="Pièces demandées">
        {pieces.map((piece) => (
          <li key={piece.id}>
            <PieceEditor piece={piece} procedure={list.procedure} onChange={replacePiece} onRemove={() => setPieces(pieces.filter(({ id }) => id !== piece.id))} />
          </li>
        ))}
      </Stack>
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      <Group justify="space-between">
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setPieces([...pieces, emptyPiece()])}>Ajouter une pièce</Button>
        <Group gap="sm">
          {draft && !busy && <Button variant="subtle" onClick={() => setAsking('giveUp')}>Abandonner les changements</Button>}
          <Button loading={busy} disabled={!draft} onClick={() => draft && save(draft)}>Enregistrer la liste</Button>
        </Group>
      </Group>
      <ConfirmDialog
        opened={asking === 'restore'}
        title="Revenir au modèle"
        confirmLabel="Revenir au modèle"
        onConfirm={async () => {
          onChange(await callMain('completeness.restoreList', { procedure: list.procedure }));
          forgetDraft(list.procedure);
        }}
        onClose={() => setAsking(null)}
      >
        Les changements faits à « {procedureLabels[list.procedure]} » sont abandonnés : la liste livrée avec l’application s’applique de nouveau.
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'giveUp'}
        title="Abandonner les changements ?"
        confirmLabel="Abandonner"
        isDangerous
        onConfirm={() => {
          forgetDraft(list.procedure);
          return Promise.resolve();
        }}
        onClose={() => setAsking(null)}
      >
        Ce que vous avez changé dans « {procedureLabels[list.procedure]} » sans l’enregistrer est perdu. La liste en vigueur reste telle qu’elle est.
      </ConfirmDialog>
    </>
  );
}

function emptyPiece(): RequiredPiece {
  return { id: `piece-${crypto.randomUUID()}`, label: '', need: 'indispensable', resources: [], source: '', alternative: '' };
}
