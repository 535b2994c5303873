import { ActionIcon, Alert, Anchor, Button, Group, Menu, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconDots, IconFiles, IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { useCaseLabels } from '../../../shared/domain/use-case';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { PageHead } from '../../components/page-head';
import { showFailure, showUndo } from '../../components/toasts';
import { useLoaded } from '../../components/use-loaded';
import { type CompanyChoice, CompanySearch } from '../search';
import { DossierFormDrawer } from './dossier-form';
import { type Dossier, DossierStateBadge } from './dossier-rows';

export function DossierScreen({ dossierId }: { readonly dossierId: string }): ReactNode {
  const { value, problem, replace, reload } = useLoaded(() => callMain('dossiers.get', { id: dossierId }), dossierId);
  if (problem !== null) return <div className="page"><Alert color="red" role="alert">{problem}</Alert></div>;
  if (value === null) return <div className="page"><Skeleton h={260} aria-label="Lecture du dossier" /></div>;
  return <DossierPage dossier={value} onChanged={replace} onReload={reload} />;
}

interface PageProps {
  readonly dossier: Dossier;
  readonly onChanged: (dossier: Dossier) => void;
  readonly onReload: () => void;
}

function DossierPage({ dossier, onChanged, onReload }: PageProps): ReactNode {
  const [editing, setEditing] = useState(false);
  const add = async ({ identifier, siret, name }: CompanyChoice): Promise<void> => {
    try {
      onChanged(await callMain('dossiers.addCompany', { id: dossier.id, identifier, siret, name }));
      navigate({ name: 'company', dossierId: dossier.id, identifier });
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
      <Stack gap="sm" mt="xl" component="section" aria-labelledby="dossier-companies">
        <Title order={2} size="h3" id="dossier-companies">Entreprises</Title>
        {dossier.state === 'open' && <CompanySearch label="Ajouter une entreprise" recipient={dossier.recipient} onChoose={(choice) => void add(choice)} />}
        <CompanyRows dossier={dossier} onChanged={onReload} />
      </Stack>
      <DossierFormDrawer opened={editing} dossier={dossier} onClose={() => setEditing(false)} onSaved={onChanged} />
    </div>
  );
}

function JustificationSummary({ dossier }: { readonly dossier: Dossier }): ReactNode {
  const facts = [
    ['Cas d’usage', useCaseLabels[dossier.useCase]],
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
  const setState = (state: Dossier['state']): void => {
    callMain('dossiers.setState', { id: dossier.id, state }).then(onChanged, showFailure);
  };
  const duplicate = (): void => {
    callMain('dossiers.duplicate', { id: dossier.id }).then(({ id }) => navigate({ name: 'dossier', dossierId: id }), showFailure);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconFiles size={17} aria-hidden />} onClick={() => navigate({ name: 'documents', dossierId: dossier.id })}>Documents</Button>
      <Button variant="default" leftSection={<IconPencil size={17} aria-hidden />} onClick={onEdit}>Modifier</Button>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="default" size={36} aria-label="Autres actions sur le dossier"><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={duplicate}>Dupliquer</Menu.Item>
          {dossier.state === 'open' && <Menu.Item onClick={() => setState('closed')}>Clore</Menu.Item>}
          {dossier.state !== 'open' && <Menu.Item onClick={() => setState('open')}>Rouvrir</Menu.Item>}
          {dossier.state === 'closed' && <Menu.Item onClick={() => setState('archived')}>Archiver</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function CompanyRows({ dossier, onChanged }: { readonly dossier: Dossier; readonly onChanged: () => void }): ReactNode {
  const remove = async ({ identifier, siret, name }: Dossier['companies'][number]): Promise<void> => {
    try {
      await callMain('dossiers.removeCompany', { id: dossier.id, identifier });
      onChanged();
      showUndo(`${name} ne fait plus partie du dossier.`, 'Remettre', () => {
        callMain('dossiers.addCompany', { id: dossier.id, identifier, siret, name }).then(onChanged, showFailure);
      });
    } catch (error) {
      showFailure(error);
    }
  };
  if (dossier.companies.length === 0) return <Text c="dimmed">Aucune entreprise pour l’instant : cherchez-la ci-dessus par son nom, son SIREN ou son SIRET.</Text>;
  return (
    <div className="card" role="list" aria-label="Entreprises du dossier" style={{ overflow: 'hidden' }}>
      {dossier.companies.map((company) => (
        <Group key={company.identifier} role="listitem" wrap="nowrap" gap={0} pr="sm" style={{ borderBottom: '1px solid var(--app-line)' }}>
          <UnstyledButton
            className="row-link"
            style={{ gridTemplateColumns: 'minmax(0, 2fr) 190px 170px', borderBottom: 0 }}
            onClick={() => navigate({ name: 'company', dossierId: dossier.id, identifier: company.identifier })}
          >
            <Text fw={560} className="ellipsis">{company.name}</Text>
            <Text size="sm">{formatIdentifier(company.siret ?? company.identifier)}</Text>
            <Text size="sm" c="dimmed">Ajoutée le {new Date(company.addedAt).toLocaleDateString('fr-FR')}</Text>
          </UnstyledButton>
          <ActionIcon
            color="gray"
            aria-label={`Retirer ${company.name} du dossier`}
            onClick={() => void remove(company)}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </div>
  );
}
