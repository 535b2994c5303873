import { Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a screen, named by its title for whoever listens to it. */
export function SectionCard({ title, actions, children }: Props): ReactNode {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id} style={{ padding: '18px 22px' }}>
      <Group justify="space-between" align="center" mb="sm" gap="sm">
        <Title order={2} size="h4" id={id}>{title}</Title>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </section>
  );
}
