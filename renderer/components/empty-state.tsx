import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

interface Props {
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** An empty screen says what will be there and how to begin. */
export function EmptyState({ icon: Icon, title, children, action }: Props): ReactNode {
  return (
    <Stack className="card" align="center" gap="sm" px="xl" py={48} ta="center">
      <ThemeIcon size={48} radius="xl" variant="light" color="ink"><Icon size={24} stroke={1.5} aria-hidden /></ThemeIcon>
      <Title order={2} size="h3">{title}</Title>
      <Text c="dimmed" maw={520}>{children}</Text>
      {action}
    </Stack>
  );
}
