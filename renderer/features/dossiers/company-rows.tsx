import { ActionIcon, Group, Select, Text, UnstyledButton } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { COMPANY_ROLES, companyRoleLabels } from '../../../shared/domain/dossier';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';
import { showFailure, showUndo } from '../../components/toasts';
import type { Dossier } from './dossier-rows';

const roles = COMPANY_ROLES.map((value) => ({ value, label: companyRoleLabels[value] }));
type Company = Dossier['companies'][number];

interface Props {
  readonly dossier: Dossier;
  readonly onChanged: (dossier: Dossier) => void;
  readonly onReload: () => void;
}

/** Companies of a dossier: what each is in it, and the way to its sheet. */
export function CompanyRows({ dossier, onChanged, onReload }: Props): ReactNode {
  const remove = async ({ identifier, siret, isHeadOffice, name, role }: Company): Promise<void> => {
    try {
      await callMain('dossiers.removeCompany', { id: dossier.id, identifier });
      onReload();
      showUndo(`${name} ne fait plus partie du dossier.`, 'Remettre', () => {
        callMain('dossiers.addCompany', { id: dossier.id, identifier, siret, isHeadOffice, name, role }).then(onReload, showFailure);
      });
    } catch (error) {
      showFailure(error);
    }
  };
  const setRole = ({ identifier, siret, name }: Company, chosen: string | null): void => {
    const role = COMPANY_ROLES.find((one) => one === chosen);
    if (role) callMain('dossiers.addCompany', { id: dossier.id, identifier, siret, name, role }).then(onChanged, showFailure);
  };
  if (dossier.companies.length === 0) return <Text c="dimmed">Aucune entreprise pour l’instant : cherchez-la ci-dessus par son nom, son SIREN ou son SIRET.</Text>;
  return (
    <div className="card" role="list" aria-label="Entreprises du dossier" style={{ overflow: 'hidden' }}>
      {dossier.companies.map((company) => (
        <Group key={company.identifier} role="listitem" className="company-row" gap="sm" pr="sm">
          <UnstyledButton
            className="row-link"
            style={{ gridTemplateColumns: 'minmax(0, 2fr) 190px', borderBottom: 0 }}
            onClick={() => navigate({ name: 'company', dossierId: dossier.id, identifier: company.identifier })}
          >
            <Text fw={560} className="ellipsis">{company.name}</Text>
            <Text size="sm">{formatIdentifier(company.siret ?? company.identifier)}</Text>
          </UnstyledButton>
          <Select
            aria-label={`Rôle de ${company.name}`}
            data={roles}
            value={company.role}
            onChange={(role) => setRole(company, role)}
            allowDeselect={false}
            disabled={dossier.state !== 'open'}
            size="xs"
            w={220}
            style={{ flexShrink: 0 }}
          />
          <ActionIcon color="gray" aria-label={`Retirer ${company.name} du dossier`} disabled={dossier.state !== 'open'} onClick={() => void remove(company)}>
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </div>
  );
}
