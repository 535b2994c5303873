import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCircleCheck, IconClockExclamation, IconDownload, IconMail, IconQuestionMark } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

import { type NextAct, type Validity, validityWord } from '../../shared/domain/validity';

type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;

interface Look {
  readonly color: string;
  readonly icon: Icon;
}

const looks: Readonly<Record<Exclude<Validity['state'], 'unknown'>, Look>> = {
  valid: { color: 'teal', icon: IconCircleCheck },
  expiresSoon: { color: 'amber', icon: IconClockExclamation },
  expired: { color: 'red', icon: IconAlertTriangle },
  refused: { color: 'red', icon: IconBan },
  outOfPerimeter: { color: 'gray', icon: IconMail },
};

const iconsOfActs: Readonly<Record<NextAct, Icon>> = {
  nothing: IconQuestionMark,
  fetch: IconDownload,
  download: IconDownload,
  renew: IconClockExclamation,
  wait: IconQuestionMark,
  ask: IconMail,
};

/** Colour is never alone: the word and the icon say the same. */
export function ValidityBadge({ validity }: { readonly validity: Pick<Validity, 'state' | 'next'> }): ReactNode {
  const { state, next } = validity;
  const { color, icon: Icon } = state === 'unknown' ? { color: 'gray', icon: iconsOfActs[next] } : looks[state];
  return <Badge variant="light" color={color} radius="sm" tt="none" fw={560} leftSection={<Icon size={13} aria-hidden />}>{validityWord(validity)}</Badge>;
}
