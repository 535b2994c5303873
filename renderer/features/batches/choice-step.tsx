import { Alert, Button, Checkbox, Group, Skeleton, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

import { endpoints as catalogue } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { ImportPreview } from '../../../shared/domain/batch';
import { callMain } from '../../app/bridge';
import { SectionCard } from '../../components/section-card';
import { useLoaded } from '../../components/use-loaded';
import { endpointSet, inReadingOrder } from '../company';
import { counted } from './batch-text';
import { DossierSelect } from './dossier-select';
import { change, type NewBatch, useNewBatch } from './new-batch-store';
import { ScheduleCard } from './schedule-card';

interface Offer {
  /** What the purpose asks for: chosen unless told otherwise. */
  readonly wanted: readonly Endpoint[];
  readonly addable: readonly Endpoint[];
  readonly unjustified: readonly Endpoint[];
}

/** For which dossier, which data, when. */
export function ChoiceStep({ preview }: { readonly preview: ImportPreview }): ReactNode {
  const draft = useNewBatch();
  const { dossierId, endpointIds, title, withDocuments, writtenReason } = draft;
  const chosenIn = (all: Offer | null): readonly string[] => endpointIds ?? all?.wanted.map(({ id }) => id) ?? [];
  const { value: offer, problem } = useLoaded(() => (dossierId === null ? Promise.resolve(null) : readOffer(dossierId)), dossierId ?? '');
  const chosen = chosenIn(offer);
  const asksReason = offer?.unjustified.some(({ id }) => chosen.includes(id)) === true;
  const isReady = isComplete(draft, chosen, asksReason);
  return (
    <Stack gap="md">
      <SectionCard title="Pour quel dossier">
        <Stack gap="sm" maw={620}>
          <DossierSelect value={dossierId} onChange={(next) => change({ dossierId: next, endpointIds: null })} />
          <TextInput label="Nom du lot" required maxLength={200} value={title} onChange={(event) => change({ title: event.currentTarget.value })} />
        </Stack>
      </SectionCard>
      {problem !== null && <Alert color="red" role="alert">{problem}</Alert>}
      {dossierId !== null && offer === null && problem === null && <Skeleton h={200} aria-label="Lecture des données offertes" />}
      {offer !== null && (
        <SectionCard title="Données à obtenir" actions={<Text size="sm" c="dimmed" role="status">{counted(chosen.length, 'donnée')} par ligne</Text>}>
          <Choices offer={offer} chosen={chosen} />
          <Switch mt="md" label="Télécharger aussi les documents" description="Attestations, bilans, actes : chacun est conservé chiffré dans le dossier." checked={withDocuments} onChange={(event) => change({ withDocuments: event.currentTarget.checked })} />
          {asksReason && <Textarea mt="md" maw={620} label="Motif des données non justifiées par le cas d’usage" description="L’historique le garde avec chaque appel." required autosize minRows={2} maxLength={2_000} value={writtenReason} onChange={(event) => change({ writtenReason: event.currentTarget.value })} />}
        </SectionCard>
      )}
      <ScheduleCard />
      <Group justify="space-between">
        <Button variant="default" onClick={() => change({ step: 1 })}>Retour aux lignes</Button>
        <Button disabled={!isReady} onClick={() => change({ step: 3, endpointIds: chosen })}>Voir le coût pour {counted(preview.lineCount, 'ligne')}</Button>
      </Group>
    </Stack>
  );
}

function isComplete({ dossierId, title, writtenReason }: NewBatch, chosen: readonly string[], asksReason: boolean): boolean {
  return dossierId !== null && title.trim() !== '' && chosen.length > 0 && (!asksReason || writtenReason.trim() !== '');
}

async function readOffer(dossierId: string): Promise<Offer> {
  const [dossier, habilitations] = await Promise.all([callMain('dossiers.get', { id: dossierId }), callMain('habilitations.list', undefined)]);
  const habilitation = habilitations.find(({ id }) => id === dossier.habilitationId) ?? null;
  const set = endpointSet(inReadingOrder(catalogue), dossier, habilitation);
  const aboutCompanies = (all: readonly Endpoint[]): readonly Endpoint[] => all.filter(({ identifiers }) => identifiers.some((kind) => kind !== 'eori'));
  return { wanted: aboutCompanies(set.wanted), addable: aboutCompanies(set.addable), unjustified: aboutCompanies(set.unjustified) };
}

function Choices({ offer, chosen }: { readonly offer: Offer; readonly chosen: readonly string[] }): ReactNode {
  const groups = [
    ['Ce que le cas d’usage demande', offer.wanted],
    ['Autres données utiles', offer.addable],
    ['Non justifiées par le cas d’usage : motif écrit demandé', offer.unjustified],
  ] as const;
  const order = groups.flatMap(([, endpoints]) => endpoints.map(({ id }) => id));
  const toggle = (id: string, isChosen: boolean): void => {
    change({ endpointIds: order.filter((one) => (one === id ? isChosen : chosen.includes(one))) });
  };
  return (
    <Stack gap="md">
      {groups.filter(([, endpoints]) => endpoints.length > 0).map(([label, endpoints]) => (
        <fieldset key={label} style={{ border: 0, margin: 0, padding: 0 }}>
          <Text component="legend" size="sm" fw={560} mb={8}>{label}</Text>
          <div className="batch-choices">
            {endpoints.map(({ id, title, providerLabel }) => (
              <Checkbox key={id} label={title} description={providerLabel} checked={chosen.includes(id)} onChange={(event) => toggle(id, event.currentTarget.checked)} />
            ))}
          </div>
        </fieldset>
      ))}
    </Stack>
  );
}
