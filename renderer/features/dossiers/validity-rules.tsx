import { Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { currentEndpoints } from '../../../shared/catalogue';
import { resourceOfEndpoint, ruledResources, ruleOf, rulesOfKinds, VALIDITY_RULES_NOTE } from '../../../shared/domain/validity';

/** How long each kind of piece holds, and who says so: the same rules for every procedure. */
export function ValidityRules(): ReactNode {
  return (
    <Stack component="section" gap="sm" mt="lg" aria-labelledby="validity-rules">
      <Title order={2} size="h3" id="validity-rules">Règles de validité</Title>
      <Text size="sm" c="dimmed">Elles valent pour toutes les procédures. {VALIDITY_RULES_NOTE}</Text>
      <Table aria-labelledby="validity-rules" fz="sm" verticalSpacing="xs" layout="fixed" style={{ overflowWrap: 'anywhere' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="38%">Pièce ou donnée</Table.Th>
            <Table.Th>Jusqu’à quand elle vaut, et d’où vient la règle</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows().map(({ name, source }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={520}>{name}</Table.Th>
              <Table.Td>{source}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function rows(): readonly { readonly name: string; readonly source: string }[] {
  const named = ruledResources.map((resource) => ({ name: nameOf(resource), source: ruleOf(resource).source }));
  return [...named.sort((one, other) => one.name.localeCompare(other.name, 'fr')), ...rulesOfKinds.map(({ kind, rule }) => ({ name: kind, source: rule.source }))];
}

function nameOf(resource: string): string {
  const endpoint = currentEndpoints.find(({ id }) => resourceOfEndpoint(id) === resource);
  if (!endpoint) return resource;
  const { title, providerLabel } = endpoint;
  return title.includes(providerLabel) ? title : `${title} (${providerLabel})`;
}
