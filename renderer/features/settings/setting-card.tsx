import { Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { hasRight } from '../../../shared/domain/rights';
import type { ChannelInput, ChannelOutput } from '../../../shared/ipc';
import { useSession } from '../../app/session-store';
import { SectionCard } from '../../components/section-card';

export type Settings = ChannelOutput<'settings.get'>;
export type SettingName = Settings['lockedKeys'][number];

export interface SettingProps {
  readonly settings: Settings;
  readonly onChange: (change: ChannelInput<'settings.update'>) => void;
}

/** Why a setting of the whole workstation cannot be changed here; null when it can. */
export function useSettingLock(settings: Settings, name: SettingName): string | null {
  const role = useSession((state) => state.start?.session?.agent.role);
  if (settings.lockedKeys.includes(name)) return 'fixé par votre organisation';
  return role !== undefined && hasRight(role, 'settings.manage') ? null : 'choisi par votre responsable';
}

/** A label that says, beside the name, who decides in place of the agent. */
export function labelOf(label: string, lock: string | null): string {
  return lock === null ? label : `${label} (${lock})`;
}

interface CardProps {
  readonly title: string;
  /** Said beside the title: who decides in place of the agent. */
  readonly lock?: string | null;
  readonly summary?: ReactNode;
  readonly children: ReactNode;
}

export function SettingCard({ title, lock = null, summary, children }: CardProps): ReactNode {
  return (
    <SectionCard title={title} {...(lock === null ? {} : { actions: <Badge variant="light" color="gray" tt="none">{lock}</Badge> })}>
      {children}
      {summary !== undefined && <Text size="sm" c="dimmed" mt="xs">{summary}</Text>}
    </SectionCard>
  );
}
