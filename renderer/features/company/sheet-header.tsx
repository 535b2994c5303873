import { Alert, Badge, Box, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { DossierCompany } from '../../../shared/domain/dossier';
import { type CompanyHeader, identifierText, NOT_COMMUNICATED } from '../../../shared/reading';

function Fact({ label, value }: { readonly label: string; readonly value: string | null }): ReactNode {
  return (
    <Box>
      <Text component="dt" size="xs" c="dimmed">{label}</Text>
      <Text component="dd" m={0} size="sm" {...(value === null ? { c: 'dimmed', fs: 'italic' } : { fw: 500 })}>
        {value ?? NOT_COMMUNICATED}
      </Text>
    </Box>
  );
}

const colors = { info: 'blue', warning: 'orange', error: 'red' } as const;

/** Who the company is, at a glance, and what must not be missed about it. */
export function SheetHeader({ header, company, actions }: { readonly header: CompanyHeader; readonly company: DossierCompany; readonly actions: ReactNode }): ReactNode {
  const known = header.stateLabel !== null || header.legalForm !== null || header.address !== null;
  return (
    <Paper withBorder radius="md" p="lg">
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <div>
            <Group gap="sm">
              <Title order={1} size="h2">{header.name ?? company.name}</Title>
              {header.stateLabel !== null && (
                <Badge color={header.isActive ? 'teal' : 'red'} variant="light" size="lg" radius="sm" tt="none">{header.stateLabel}</Badge>
              )}
            </Group>
            <Text c="dimmed" size="sm">
              {company.identifier.startsWith('W') ? 'RNA' : 'SIREN'} {identifierText(header.siren ?? company.identifier)}
              {company.siret !== null && ` · SIRET ${identifierText(company.siret)}`}
            </Text>
          </div>
          {actions}
        </Group>
        {header.warnings.map((warning) => (
          <Alert
            key={warning.message}
            color={colors[warning.tone]}
            radius="sm"
            p="xs"
            icon={warning.tone === 'info' ? <IconInfoCircle aria-hidden /> : <IconAlertTriangle aria-hidden />}
          >
            {warning.message}
          </Alert>
        ))}
        {known ? (
          <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} spacing="md" verticalSpacing="xs" m={0}>
            <Fact label="Forme juridique" value={header.legalForm} />
            <Fact label="Activité principale" value={header.activity} />
            <Fact label="Effectif" value={header.headcount} />
            <Fact label="Adresse du siège" value={header.address} />
            <Fact label="Création" value={header.createdOn} />
          </SimpleGrid>
        ) : (
          <Text size="sm" c="dimmed">Lancez « Tout consulter » : la fiche se remplit à mesure que les fournisseurs répondent.</Text>
        )}
      </Stack>
    </Paper>
  );
}
