import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCircleCheck, IconClockExclamation, IconDownload, IconMail, IconQuestionMark } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

import { type Validity, validityLabels } from '../../shared/domain/validity';

type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;

interface Look {
  readonly word: string;
  readonly color: string;
  readonly icon: Icon;
}

const looks: Readonly<Record<Validity['state'], Look>> = {
  valid: { word: validityLabels.valid, color: 'teal', icon: IconCircleCheck },
  expiresSoon: { word: validityLabels.expiresSoon, color: 'amber', icon: IconClockExclamation },
  expired: { word: validityLabels.expired, color: 'red', icon: IconAlertTriangle },
  refused: { word: validityLabels.refused, color: 'red', icon: IconBan },
  outOfPerimeter: { word: 'À demander', color: 'gray', icon: IconMail },
  unknown: { word: validityLabels.unknown, color: 'gray', icon: IconQuestionMark },
};

/** In one word, what is there, or what is to be done about what is not. */
function lookOf({ state, next }: Pick<Validity, 'state' | 'next'>): Look {
  if (state !== 'unknown') return looks[state];
  if (next === 'fetch') return { ...looks.unknown, word: 'À récupérer', icon: IconDownload };
  if (next === 'download') return { ...looks.unknown, word: 'À télécharger', icon: IconDownload };
  if (next === 'ask') return looks.outOfPerimeter;
  return next === 'renew' ? { ...looks.unknown, word: 'En examen', icon: IconClockExclamation } : { ...looks.unknown, word: 'À vérifier' };
}

/** Colour is never alone: the word and the icon say the same. */
export function ValidityBadge({ validity }: { readonly validity: Pick<Validity, 'state' | 'next'> }): ReactNode {
  const { word, color, icon: Icon } = lookOf(validity);
  return <Badge variant="light" color={color} radius="sm" tt="none" fw={560} leftSection={<Icon size={13} aria-hidden />}>{word}</Badge>;
}
