import { ActionIcon, Alert, Anchor, Button, Group, Menu, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconDots, IconFiles, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { procedureLabels } from '../../../shared/domain/completeness';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { useCaseLabels } from '../../../shared/domain/use-case';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { useRight } from '../../app/use-right';
import { PageHead } from '../../components/page-head';
import { showFailure, showUndo } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { BatchOfCompanies } from '../batches';
import { ExportDossier } from '../dossier-export';
import { Reminders } from '../reminders';
import { DeleteDossier } from '../retention';
import { type CompanyChoice, CompanySearch } from '../search';
import { CloseDialog } from './close-dialog';
import { CompanyRows } from './company-rows';
import { CompletenessSection } from './completeness-section';
import { DossierFormDrawer } from './dossier-form';
import { type Dossier, DossierStateBadge } from './dossier-rows';

interface ScreenProps {
  readonly dossierId: string;
  readonly isCopy?: true;
}

export function DossierScreen({ dossierId, isCopy }: ScreenProps): ReactNode {
  const { value, problem, replace, reload } = useLoaded(() => callMain('dossiers.get', { id: dossierId }), dossierId);
  if (problem !== null) return <div className="page"><Alert color="red" role="alert">{problem}</Alert></div>;
  if (value === null) return <div className="page"><Skeleton h={260} aria-label="Lecture du dossier" /></div>;
  const isBareCopy = isCopy === true && value.updatedAt === value.createdAt;
  return <DossierPage dossier={value} isBareCopy={isBareCopy} onChanged={replace} onReload={reload} />;
}

interface PageProps {
  readonly dossier: Dossier;
  /** Nothing was changed in it yet: its object still names the other case. */
  readonly isBareCopy: boolean;
  readonly onChanged: (dossier: Dossier) => void;
  readonly onReload: () => void;
}

function DossierPage({ dossier, isBareCopy, onChanged, onReload }: PageProps): ReactNode {
  const [editing, setEditing] = useState(isBareCopy);
  const add = async (company: CompanyChoice, isOneOfMany: boolean): Promise<void> => {
    try {
      onChanged(await callMain('dossiers.addCompany', { id: dossier.id, ...company }));
      if (!isOneOfMany) navigate({ name: 'company', dossierId: dossier.id, identifier: company.identifier });
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <div className="page">
      <Anchor component="button" type="button" size="sm" mb="sm" onClick={() => navigate({ name: 'dossiers' })}>‹ Dossiers</Anchor>
      <PageHead
        title={dossier.title}
        summary={<DossierStateBadge state={dossier.state} />}
        actions={<DossierActions dossier={dossier} onEdit={() => setEditing(true)} onChanged={onChanged} />}
      />
      <JustificationSummary dossier={dossier} />
      <Reminders dossierId={dossier.id} />
      <Stack gap="sm" mt="xl" component="section" aria-labelledby="dossier-companies">
        <Group justify="space-between">
          <Title order={2} size="h3" id="dossier-companies">Entreprises</Title>
          {dossier.state === 'open' && dossier.companies.length > 1 && <BatchOfCompanies dossier={dossier} />}
        </Group>
        {dossier.state === 'open' && <CompanySearch label="Ajouter une entreprise" description="Sa fiche s’ouvre ; avec la touche Maj, vous restez ici pour en ajouter d’autres." recipient={dossier.recipient} onChoose={(choice, withShift) => void add(choice, withShift)} />}
        <CompanyRows dossier={dossier} onChanged={onChanged} onReload={onReload} />
      </Stack>
      <CompletenessSection dossier={dossier} />
      <DossierFormDrawer opened={editing} dossier={dossier} isBareCopy={isBareCopy} onClose={() => setEditing(false)} onSaved={onChanged} />
    </div>
  );
}

function JustificationSummary({ dossier }: { readonly dossier: Dossier }): ReactNode {
  const facts = [
    ['Cas d’usage', useCaseLabels[dossier.useCase]],
    ['Procédure', dossier.procedure === null ? 'Sans liste de pièces' : procedureLabels[dossier.procedure]],
    ['Contexte', dossier.context],
    ['Destinataire', formatIdentifier(dossier.recipient)],
    ['Objet', dossier.object],
    ['Échéance', dossier.deadline === null ? '—' : new Date(`${dossier.deadline}T12:00:00`).toLocaleDateString('fr-FR', { dateStyle: 'long' })],
    ['Étiquettes', dossier.tags.length === 0 ? '—' : dossier.tags.join(', ')],
  ] as const;
  return (
    <section className="card" aria-label="Justification" style={{ padding: '18px 22px' }}>
      <dl style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))', gap: '16px 28px', margin: 0 }}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">{label}</Text>
            <Text component="dd" m={0} mt={2} fw={520} style={{ overflowWrap: 'anywhere' }}>{value}</Text>
          </div>
        ))}
      </dl>
      {dossier.notes !== '' && <Text size="sm" mt="md" style={{ whiteSpace: 'pre-wrap' }}>{dossier.notes}</Text>}
    </section>
  );
}

interface ActionsProps {
  readonly dossier: Dossier;
  readonly onEdit: () => void;
  readonly onChanged: (dossier: Dossier) => void;
}

function DossierActions({ dossier, onEdit, onChanged }: ActionsProps): ReactNode {
  const [closing, setClosing] = useState(false);
  const setState = (state: Dossier['state'], andThen?: () => void): void => {
    callMain('dossiers.setState', { id: dossier.id, state }).then((changed) => {
      onChanged(changed);
      andThen?.();
    }, showFailure);
  };
  const archive = (): void => setState('archived', () => showUndo('Le dossier est archivé.', 'Annuler', () => setState('closed')));
  const [deleting, setDeleting] = useState(false);
  const isManager = useRight('dossiers.manage');
  const duplicate = (): void => {
    callMain('dossiers.duplicate', { id: dossier.id }).then(({ id }) => navigate({ name: 'dossier', dossierId: id, isCopy: true }), showFailure);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconFiles size={17} aria-hidden />} onClick={() => navigate({ name: 'documents', dossierId: dossier.id })}>Documents</Button>
      <ExportDossier dossierId={dossier.id} />
      {dossier.state === 'open' && <Button variant="default" leftSection={<IconPencil size={17} aria-hidden />} onClick={onEdit}>Modifier</Button>}
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="default" size={36} aria-label="Autres actions sur le dossier"><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={duplicate}>Dupliquer</Menu.Item>
          {dossier.state === 'open' && <Menu.Item onClick={() => setClosing(true)}>Clore…</Menu.Item>}
          {dossier.state !== 'open' && <Menu.Item onClick={() => setState('open')}>Rouvrir</Menu.Item>}
          {dossier.state === 'closed' && <Menu.Item onClick={archive}>Archiver</Menu.Item>}
          {isManager && dossier.state !== 'open' && <Menu.Item c="var(--mantine-color-error)" onClick={() => setDeleting(true)}>Supprimer…</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {closing && <CloseDialog dossier={dossier} onClose={() => setClosing(false)} onClosed={onChanged} />}
      <DeleteDossier dossier={dossier} opened={deleting} onClose={() => setDeleting(false)} />
    </>
  );
}
