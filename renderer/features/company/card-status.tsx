import { Badge, Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHourglass,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { type ErrorTone, toneOfError } from '../../../shared/domain/api-error';
import type { ConsultationState } from '../../../shared/domain/consultation';
import { errorWords, type Outcome, type OutcomeTone } from '../../../shared/reading';

interface Status {
  readonly word: string;
  readonly color: string;
  readonly icon: ReactNode;
}

const SIZE = 14;

const errorStatus: Readonly<Record<ErrorTone, Omit<Status, 'word'>>> = {
  neutral: { color: 'gray', icon: <IconInfoCircle size={SIZE} aria-hidden /> },
  waiting: { color: 'blue', icon: <IconHourglass size={SIZE} aria-hidden /> },
  warning: { color: 'orange', icon: <IconAlertTriangle size={SIZE} aria-hidden /> },
  error: { color: 'red', icon: <IconCircleX size={SIZE} aria-hidden /> },
};

const outcomeStatus: Readonly<Record<OutcomeTone, Omit<Status, 'word'>>> = {
  good: { color: 'teal', icon: <IconCircleCheck size={SIZE} aria-hidden /> },
  neutral: errorStatus.neutral,
  warning: errorStatus.warning,
  bad: errorStatus.error,
};

/** Time left in words; the seconds are rounded up so that nobody waits past the promise. */
export function waitText(waitMs: number | null): string {
  if (waitMs === null) return 'attente inconnue';
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return seconds < 90 ? `${seconds}\u00a0s` : `${Math.ceil(seconds / 60)}\u00a0min`;
}

function statusOf(state: ConsultationState | undefined, outcome: Outcome | null): Status {
  if (!state) return { word: 'Non consulté', color: 'gray', icon: <IconCircleDashed size={SIZE} aria-hidden /> };
  switch (state.step) {
    case 'preparing':
      return { word: 'Préparation…', color: 'blue', icon: <Loader size={12} aria-hidden /> };
    case 'queued':
      return {
        // Not in the queue: the wait before another attempt.
        word: state.position === 0 ? `Nouvel essai dans ${waitText(state.waitMs)}` : `En attente du quota : ${state.position}${state.position === 1 ? 'er' : 'e'}, ${waitText(state.waitMs)}`,
        color: 'blue',
        icon: <IconHourglass size={SIZE} aria-hidden />,
      };
    case 'running':
      return { word: state.attempt > 1 ? `En cours (essai ${state.attempt})…` : 'En cours…', color: 'blue', icon: <Loader size={12} aria-hidden /> };
    case 'failed':
      return { word: errorWords[state.error.kind], ...errorStatus[toneOfError[state.error.kind]] };
    case 'answered':
      return outcome ? { word: outcome.word, ...outcomeStatus[outcome.tone] } : { word: 'Répondu', ...outcomeStatus.good };
  }
}

/** State of a card in words, with an icon and a colour that say the same. */
export function CardStatus({ state, outcome }: { readonly state: ConsultationState | undefined; readonly outcome: Outcome | null }): ReactNode {
  const { word, color, icon } = statusOf(state, outcome);
  return (
    <Badge color={color} variant="light" leftSection={icon} tt="none" size="lg" radius="sm" fw={600} style={{ flexShrink: 0 }}>
      {word}
    </Badge>
  );
}
