import { Alert, Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import { findEndpoint } from '../../../shared/catalogue';
import { defaultParameters } from '../../../shared/catalogue/company-call';
import type { BatchChoice, BatchPlan, ImportPreview } from '../../../shared/domain/batch';
import { callMain, onMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { ProgressBar } from '../../components/progress-bar';
import { SectionCard } from '../../components/section-card';
import { SpokenProgress } from '../../components/spoken-progress';
import { showFailure } from '../../components/toasts';
import { useAction } from '../../components/use-action';
import { useLoaded } from '../../components/use-loaded';
import { counted, durationText, endpointTitle, momentText, numberText } from './batch-text';
import { change, forgetNewBatch, type NewBatch, scheduleOf, useNewBatch } from './new-batch-store';

/** What it costs, how long it takes, what is left out; nothing has been called yet. */
export function PlanStep({ preview: { importId } }: { readonly preview: ImportPreview }): ReactNode {
  const draft = useNewBatch();
  const { busy, problem, run } = useAction();
  const wish = { importId, dossierId: draft.dossierId ?? '', choice: choiceOf(draft), schedule: scheduleOf(draft) };
  const { value: plan, problem: unplanned } = useLoaded(() => callMain('batches.plan', wish), JSON.stringify(wish));
  const create = (): void =>
    run(async () => {
      const batch = await callMain('batches.create', { ...wish, title: draft.title.trim() });
      forgetNewBatch();
      navigate({ name: 'batch', batchId: batch.id });
    });
  return (
    <Stack gap="md">
      {unplanned !== null && <Alert color="red" role="alert" title="Ce lot ne peut pas être préparé">{unplanned}</Alert>}
      {plan === null && unplanned === null && <Skeleton h={240} aria-label="Calcul du coût" />}
      {plan !== null && <PlanSummary plan={plan} isNow={draft.when === 'now'} />}
      {problem !== null && <Alert color="red" role="alert">{problem.message}</Alert>}
      {busy && <Making importId={importId} />}
      <Group justify="space-between">
        <Button variant="default" disabled={busy} onClick={() => change({ step: 2 })}>Retour aux données</Button>
        <Button loading={busy} disabled={plan === null || plan.calls === 0} onClick={create}>
          {draft.when === 'now' ? 'Lancer' : 'Programmer'} {plan === null ? 'le lot' : plan.calls > 1 ? `les ${numberText(plan.calls)} appels` : 'l’appel'}
        </Button>
      </Group>
    </Stack>
  );
}

/** A long list takes its time to become calls: how far it is, and a way out. */
function Making({ importId }: { readonly importId: string }): ReactNode {
  const [{ made, total }, setMaking] = useState({ made: 0, total: 0 });
  useEffect(() => onMain('batches.createProgress', (progress) => progress.importId === importId && setMaking(progress)), [importId]);
  const percent = total > 0 ? (100 * made) / total : 0;
  return (
    <section className="card panel" aria-label="Préparation du lot">
      <Group justify="space-between" mb={8}>
        <Text fw={540}>Préparation du lot{total > 0 && `\u00a0: ${numberText(made)} sur ${counted(total, 'ligne')}`}</Text>
        <Button variant="default" size="xs" onClick={() => void callMain('batches.cancelCreate', { importId }).catch(showFailure)}>Annuler la préparation</Button>
      </Group>
      <ProgressBar percent={percent} label="Avancement de la préparation" />
      <SpokenProgress done={made} total={total} />
    </section>
  );
}

function choiceOf({ endpointIds, withDocuments, writtenReason }: NewBatch): BatchChoice {
  const ids = endpointIds ?? [];
  const now = new Date();
  const parameters = Object.fromEntries(ids.flatMap((id) => {
    const endpoint = findEndpoint(id);
    return endpoint ? [[id, defaultParameters(endpoint, now)]] : [];
  }));
  return { endpointIds: ids, parameters, withDocuments, writtenReason: writtenReason.trim() || null };
}

function PlanSummary({ plan, isNow }: { readonly plan: BatchPlan; readonly isNow: boolean }): ReactNode {
  const { calls, durationMs, startsAt, endsAt, pools, warnings, excluded, unsuited } = plan;
  const facts = [
    ['Appels', numberText(calls)],
    ['Durée des appels', durationText(durationMs)],
    ['Départ', isNow ? 'tout de suite' : momentText(startsAt)],
    ['Fin prévue', momentText(endsAt)],
  ] as const;
  return (
    <>
      <section className="card panel" aria-label="Coût et durée">
        <dl className="batch-counts">{facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
        <Text size="sm" c="dimmed" mt="sm">Si personne d’autre ne se sert du même jeton. Chaque document téléchargé compte aussi ; leur nombre exact n’est connu qu’avec les réponses. Rien n’a encore été appelé.</Text>
      </section>
      <SectionCard title="Coût par famille de quota">
        <Table fz="sm">
          <Table.Thead><Table.Tr><Table.Th scope="col">Famille</Table.Th><Table.Th scope="col" ta="right">Appels</Table.Th><Table.Th scope="col" ta="right">Permis par minute</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {pools.map(({ pool, label, calls: poolCalls, limitPerMinute }) => (
              <Table.Tr key={pool}><Table.Td>{label}</Table.Td><Table.Td ta="right">{numberText(poolCalls)}</Table.Td><Table.Td ta="right">{numberText(limitPerMinute)}</Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SectionCard>
      {(warnings.length > 0 || excluded.length > 0 || unsuited.length > 0) && (
        <SectionCard title="À savoir">
          <ul className="plain-list">
            {excluded.map(({ endpointId, reason }) => <li key={endpointId}><strong>{endpointTitle(endpointId)}</strong> n’est pas demandée : {reason}</li>)}
            {unsuited.filter(({ lines }) => lines > 0).map(({ endpointId, lines }) => <li key={endpointId}>{endpointTitle(endpointId)} : {counted(lines, 'ligne')} sans l’identifiant qu’elle demande.</li>)}
            {warnings.map((warning) => <li key={warning}>{warning}</li>)}
          </ul>
        </SectionCard>
      )}
    </>
  );
}
