import { create } from 'zustand';

import { type BatchSchedule, DEFAULT_OFF_PEAK, type ImportPreview, type OffPeakHours } from '../../../shared/domain/batch';
import { sessionStore } from '../../app/session-memory';

export type When = 'now' | 'off-peak' | 'later';

export interface NewBatch {
  readonly step: number;
  readonly preview: ImportPreview | null;
  readonly dossierId: string | null;
  readonly title: string;
  /** Null: the set that the purpose asks for. */
  readonly endpointIds: readonly string[] | null;
  readonly withDocuments: boolean;
  readonly writtenReason: string;
  readonly when: When;
  readonly hours: OffPeakHours;
  /** `YYYY-MM-DDTHH:MM`, as the workstation's clock shows it; for « later ». */
  readonly startsAt: string;
  readonly everyDays: number | null;
  readonly renewWithinDays: number | null;
}

const nothingYet: NewBatch = {
  step: 0,
  preview: null,
  dossierId: null,
  title: '',
  endpointIds: null,
  withDocuments: true,
  writtenReason: '',
  when: 'now',
  hours: DEFAULT_OFF_PEAK,
  startsAt: '',
  everyDays: null,
  renewWithinDays: 30,
};

/** What an agent has prepared: it stays while he looks at other screens. */
export const useNewBatch = sessionStore(create<NewBatch>(() => nothingYet));

export function change(part: Partial<NewBatch>): void {
  useNewBatch.setState(part);
}

export function forgetNewBatch(): void {
  useNewBatch.setState(nothingYet, true);
}

export function scheduleOf({ when, hours, startsAt, everyDays, renewWithinDays }: NewBatch): BatchSchedule {
  return {
    startAt: when === 'later' && startsAt !== '' ? new Date(startsAt).toISOString() : null,
    hours: when === 'off-peak' ? hours : null,
    recurrence: everyDays === null ? null : { everyDays, renewWithinDays },
  };
}
