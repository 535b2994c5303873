import { Alert, Badge, Box, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { Answer } from '../../../shared/domain/consultation';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { type CompanyHeader, NOT_COMMUNICATED } from '../../../shared/reading';
import { Sourced } from './provenance';
import { headerAlone } from './read-answers';

interface FactProps {
  readonly label: string;
  readonly value: string | null;
  readonly from: Answer | null;
}

function Fact({ label, value, from }: FactProps): ReactNode {
  return (
    <Box>
      <Text component="dt" size="xs" c="dimmed">{label}</Text>
      <Text component="dd" m={0} size="sm" {...(value === null ? { c: 'dimmed', fs: 'italic' } : { fw: 500 })}>
        {value === null ? NOT_COMMUNICATED : <Sourced from={from} focusable>{value}</Sourced>}
      </Text>
    </Box>
  );
}

/** The answer that told a value of the header: the first that tells the same alone. */
function originsIn(header: CompanyHeader, answers: readonly Answer[]): (key: keyof CompanyHeader) => Answer | null {
  return (key) => answers.find((answer) => headerAlone(answer)[key] === header[key]) ?? null;
}

const colors = { info: 'blue', warning: 'orange', error: 'red' } as const;

interface SheetHeaderProps {
  readonly header: CompanyHeader;
  readonly answers: readonly Answer[];
  readonly company: DossierCompany;
  readonly actions: ReactNode;
  /** Said while no answer tells who the company is. */
  readonly unknownWords: string;
}

/** Who the company is, at a glance, and what must not be missed about it. */
export function SheetHeader({ header, answers, company, actions, unknownWords }: SheetHeaderProps): ReactNode {
  const originOf = originsIn(header, answers);
  const known = header.stateLabel !== null || header.legalForm !== null || header.address !== null;
  return (
    <Paper withBorder radius="md" p="lg">
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <div>
            <Group gap="sm">
              <Title order={1} size="h2">{header.name ?? company.name}</Title>
              {header.stateLabel !== null && (
                <Badge color={header.isActive === null ? 'gray' : header.isActive ? 'teal' : 'red'} variant="light" size="lg" radius="sm" tt="none">{header.stateLabel}</Badge>
              )}
            </Group>
            <Text c="dimmed" size="sm">
              {company.identifier.startsWith('W') ? 'RNA' : 'SIREN'} {formatIdentifier(header.siren ?? company.identifier)}
              {company.siret !== null && ` · SIRET ${formatIdentifier(company.siret)}`}
            </Text>
          </div>
          {actions}
        </Group>
        {header.warnings.length > 0 && <Stack gap={6}>{header.warnings.map((warning) => (
          <Alert
            key={warning.message}
            color={colors[warning.tone]}
            radius="sm"
            px="sm"
            py={5}
            icon={warning.tone === 'info' ? <IconInfoCircle aria-hidden /> : <IconAlertTriangle aria-hidden />}
          >
            {warning.message}
          </Alert>
        ))}</Stack>}
        {known ? (
          <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} spacing="md" verticalSpacing="xs" m={0}>
            <Fact label="Forme juridique" value={header.legalForm} from={originOf('legalForm')} />
            <Fact label="Activité principale" value={header.activity} from={originOf('activity')} />
            {header.formerActivity !== null && <Fact label="Activité en NAF 2008" value={header.formerActivity} from={originOf('formerActivity')} />}
            <Fact label="Effectif" value={header.headcount} from={originOf('headcount')} />
            <Fact label="Adresse du siège" value={header.address} from={originOf('address')} />
            <Fact label="Création" value={header.createdOn} from={originOf('createdOn')} />
          </SimpleGrid>
        ) : (
          <Text size="sm" c="dimmed">{unknownWords}</Text>
        )}
      </Stack>
    </Paper>
  );
}
