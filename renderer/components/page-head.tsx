import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly summary?: ReactNode;
  readonly actions?: ReactNode;
}

/** Title of a screen, what it is about, and what can be done there. */
export function PageHead({ title, summary, actions }: Props): ReactNode {
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <div style={{ flex: 1, minWidth: 220 }}>
        <Title order={1} style={{ letterSpacing: '-0.015em' }}>{title}</Title>
        {summary !== undefined && <Text c="dimmed" mt={4} maw={720}>{summary}</Text>}
      </div>
      {actions !== undefined && <Group gap="sm">{actions}</Group>}
    </Group>
  );
}
