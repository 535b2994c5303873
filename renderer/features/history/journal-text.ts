import { IconAlertTriangle, IconBan, IconCircleCheck, IconClock, IconPlugConnectedX } from '@tabler/icons-react';

import { findEndpoint } from '../../../shared/catalogue';
import { journalEventLabels, type JournalOutcome, journalOutcomeLabels } from '../../../shared/domain/journal';
import type { ChannelInput, ChannelOutput } from '../../../shared/ipc';

export type JournalLine = ChannelOutput<'journal.search'>['lines'][number];
export type JournalFilter = ChannelInput<'journal.search'>['filter'];

/** Outcome in a word and a sign, never by colour alone. */
export const outcomes: Readonly<Record<JournalOutcome, { readonly label: string; readonly icon: typeof IconBan; readonly color: string }>> = {
  success: { label: journalOutcomeLabels.success, icon: IconCircleCheck, color: 'var(--mantine-color-teal-light-color)' },
  failure: { label: journalOutcomeLabels.failure, icon: IconAlertTriangle, color: 'var(--mantine-color-amber-light-color)' },
  refused: { label: journalOutcomeLabels.refused, icon: IconBan, color: 'var(--mantine-color-red-light-color)' },
  interrupted: { label: journalOutcomeLabels.interrupted, icon: IconPlugConnectedX, color: 'var(--mantine-color-red-light-color)' },
  pending: { label: journalOutcomeLabels.pending, icon: IconClock, color: 'var(--mantine-color-dimmed)' },
};

/** What was asked: the endpoint's title, or the event's name when it is not a call. */
export function subjectOf(line: JournalLine): string {
  const title = line.endpointId === null ? undefined : findEndpoint(line.endpointId)?.title;
  if (line.event === 'call.intent' || line.event === 'call.refused') return title ?? line.endpointId ?? journalEventLabels[line.event];
  return title === undefined ? journalEventLabels[line.event] : `${journalEventLabels[line.event]} · ${title}`;
}

export function whenText(iso: string): string {
  return new Date(iso).toLocaleString('fr-FR', { day: '2-digit', month: '2-digit', year: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

export function durationText(durationMs: number | null): string {
  if (durationMs === null) return '';
  return durationMs < 1_000 ? `${Math.round(durationMs)}\u00a0ms` : `${(durationMs / 1_000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0s`;
}

/** A token that this workstation no longer knows is still told from another. */
export function unknownHabilitation(id: string): string {
  return `Habilitation ${id.slice(0, 8)}`;
}
