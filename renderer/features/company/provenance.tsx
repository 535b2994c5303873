import { createContext, type ReactNode, useContext } from 'react';

import type { Answer } from '../../../shared/domain/consultation';
import { readInstant } from '../../../shared/reading';
import { Hint } from '../../components/hint';

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
  return <Hint label={label} focusable={focusable} className="sourced">{children}</Hint>;
}
