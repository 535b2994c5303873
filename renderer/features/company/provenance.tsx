import { Tooltip } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';

import type { Answer } from '../../../shared/domain/consultation';
import { readInstant } from '../../../shared/reading';

/** The call that a value comes from. */
export type Provenance = Pick<Answer, 'provider' | 'receivedAt' | 'requestId'>;

const ProvenanceContext = createContext<Provenance | null>(null);
export const ProvenanceProvider = ProvenanceContext.Provider;

/** « Insee, reçu le 24 novembre 2026 à 10:12, requête 3f2… ». */
export function provenanceText({ provider, receivedAt, requestId }: Provenance): string {
  return `${provider}, reçu le ${readInstant(receivedAt)}\nRequête ${requestId ?? 'sans identifiant communiqué'}`;
}

interface SourcedProps {
  /** Overrides the provenance of the card around. */
  readonly from?: Provenance | null;
  /** What else the bubble says: the field and its raw value, a formula. */
  readonly detail?: string;
  /** Reached with the keyboard too: for what decides; a table is reached as a whole. */
  readonly focusable?: boolean;
  readonly children: ReactNode;
}

/** Says on hover and on focus which call a value comes from. */
export function Sourced({ from, detail, focusable = false, children }: SourcedProps): ReactNode {
  const around = useContext(ProvenanceContext);
  const origin = from ?? around;
  const label = [origin === null ? null : provenanceText(origin), detail].filter(Boolean).join('\n');
  if (label === '') return children;
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }} openDelay={300} multiline maw={440} withArrow styles={{ tooltip: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } }}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the source of a value is read with the keyboard too */}
      <span className="sourced" tabIndex={focusable ? 0 : undefined}>{children}</span>
    </Tooltip>
  );
}
