import { Button, Code, Group, Popover, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { Answer, ConsultationState } from '../../../shared/domain/consultation';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { numberText, readInstant } from '../../../shared/reading';
import { CopyTextButton } from '../../components/copy-button';
import { dropdownProps, popoverProps } from '../../components/popover-props';

type Line = readonly [label: string, value: string];

function answerLines(answer: Answer): Line[] {
  return [
    ['Durée', `${numberText(Math.round(answer.durationMs)) ?? '?'}\u00a0ms`],
    ['Coût en quota', `${answer.quotaCost} appel${answer.quotaCost > 1 ? 's' : ''}`],
    ['Code HTTP', String(answer.httpStatus)],
    ['Origine', answer.servedFromCache === null ? 'fournisseur ou cache, non précisé' : answer.servedFromCache ? 'cache du service' : 'fournisseur'],
    ...(answer.cacheExpiresAt ? ([['Cache jusqu’au', readInstant(answer.cacheExpiresAt)]] as const) : []),
    ...Object.entries(answer.parameters).map(([name, value]): Line => [name, value]),
    ...overrideLines(answer),
  ];
}

/** What went with this call in place of its dossier's. */
function overrideLines({ context, recipient, object }: Answer): Line[] {
  return [
    ...(context === undefined ? [] : [['Contexte de cet appel', context] as const]),
    ...(recipient === undefined ? [] : [['Destinataire de cet appel', formatIdentifier(recipient)] as const]),
    ...(object === undefined ? [] : [['Objet de cet appel', object] as const]),
  ];
}

function failureLines(state: ConsultationState | undefined): Line[] {
  if (state?.step !== 'failed') return [];
  const { status, code } = state.error;
  return [
    ['Échec le', readInstant(state.at)],
    ...(status === null ? [] : ([['Code HTTP', String(status)]] as const)),
    ...(code === null ? [] : ([['Code du service', code]] as const)),
  ];
}

/** What traces a value to its call: request id, duration, cost. */
export function CallDetail({ title, state, answer }: { readonly title: string; readonly state: ConsultationState | undefined; readonly answer: Answer | null }): ReactNode {
  const requestId = state?.step === 'failed' ? state.error.requestId : (answer?.requestId ?? null);
  const lines = state?.step === 'failed' ? failureLines(state) : answer ? answerLines(answer) : [];
  if (lines.length === 0) return <span />;
  return (
    <Popover width={340} position="bottom-start" withArrow {...popoverProps}>
      <Popover.Target>
        <Button size="xs" variant="subtle" color="gray" px={6} ml={-6} aria-label={`Détail de l’appel\u00a0: ${title}`}>
          Détail de l’appel
        </Button>
      </Popover.Target>
      <Popover.Dropdown {...dropdownProps}>
        <Stack gap={4}>
          {lines.map(([label, value]) => (
            <Group key={label} justify="space-between" wrap="nowrap" gap="md">
              <Text size="xs" c="dimmed">{label}</Text>
              <Text size="xs">{value}</Text>
            </Group>
          ))}
          <Text size="xs" c="dimmed">Identifiant de la requête</Text>
          <Group gap="xs" wrap="nowrap">
            <Code style={{ minWidth: 0, overflowWrap: 'anywhere' }}>{requestId ?? 'non communiqué'}</Code>
            {requestId !== null && (
              <CopyTextButton text={requestId} label="Copier" what="identifiant de la requête" compact />
            )}
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
