import { Badge, Box, Collapse, Group, List, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useMemo } from 'react';

import type { Answer } from '../../../shared/domain/consultation';
import { changeSentence, compareAnswers, readInstant } from '../../../shared/reading';

/** What changed between two readings of the same endpoint. */
export function Changes({ older, newer }: { readonly older: Answer; readonly newer: Answer }): ReactNode {
  const changes = useMemo(() => compareAnswers(older, newer), [older, newer]);
  const [opened, { toggle }] = useDisclosure(false);
  if (changes.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        Rien n’a changé depuis le {readInstant(older.receivedAt)}.
      </Text>
    );
  }
  return (
    <Box>
      <UnstyledButton onClick={toggle} aria-expanded={opened}>
        <Group gap={6}>
          <Badge color="grape" variant="light" tt="none">{changes.length} changement{changes.length > 1 ? 's' : ''}</Badge>
          <Text size="xs" c="dimmed">depuis le {readInstant(older.receivedAt)}</Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <List size="sm" mt={6}>
          {changes.map((change) => (
            <List.Item key={`${change.kind}${change.pointer}`}>{changeSentence(change)}</List.Item>
          ))}
        </List>
      </Collapse>
    </Box>
  );
}
