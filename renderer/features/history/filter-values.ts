import type { JournalOutcome } from '../../../shared/domain/journal';
import type { JournalFilter } from './journal-text';

/** What the reader typed; turned into the contract's filter when it is sent. */
export interface FilterValues {
  readonly text: string;
  /** Local days, `YYYY-MM-DD`, both included; empty when there is no bound. */
  readonly from: string;
  readonly to: string;
  readonly outcome: JournalOutcome | null;
  readonly endpointId: string | null;
  readonly provider: string | null;
  readonly dossierId: string | null;
  readonly agentId: string | null;
  readonly habilitationId: string | null;
  readonly identifier: string;
  readonly requestIds: readonly string[];
  readonly kind: 'calls' | 'all';
}

export const noFilter: FilterValues = {
  text: '',
  from: '',
  to: '',
  outcome: null,
  endpointId: null,
  provider: null,
  dossierId: null,
  agentId: null,
  habilitationId: null,
  identifier: '',
  requestIds: [],
  kind: 'calls',
};

/** Days are those of this workstation, both ends included; what is empty filters nothing. */
export function filterOf(values: FilterValues): JournalFilter {
  const { from, to, requestIds, kind, text, identifier, outcome, endpointId, provider, dossierId, agentId, habilitationId } = values;
  const wanted = {
    text: text.trim(),
    identifier: identifier.replace(/[\s\u00a0\u202f]/g, ''),
    from: from === '' ? '' : new Date(`${from}T00:00:00`).toISOString(),
    to: to === '' ? '' : new Date(`${to}T23:59:59.999`).toISOString(),
    outcome,
    endpointId,
    provider,
    dossierId,
    agentId,
    habilitationId,
  };
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null && value !== ''));
  return { kind, ...given, ...(requestIds.length === 0 ? {} : { requestIds: [...requestIds] }) };
}
