import { useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { navigate } from '../../app/navigation';

export type RecentCompany = ChannelOutput<'search.recent'>[number];

const NONE: readonly RecentCompany[] = [];
const SHOWN = 6;
const OPTION = 'recent-';

export interface RecentCompanies {
  /** Empty once something is typed. */
  readonly recent: readonly RecentCompany[];
  /** Asks main again: another company may have been looked at since. */
  readonly refresh: () => void;
  /** Opens the sheet of an option of this list; false: it is of another. */
  readonly openOption: (option: string) => boolean;
}

export function recentOption(index: number): string {
  return `${OPTION}${index}`;
}

/** What this agent looked at last, for a list that opens on focus; one that is not wanted or cannot be read stays empty. */
export function useRecentCompanies(wanted: boolean, typed: string): RecentCompanies {
  const [known, setKnown] = useState(NONE);
  const recent = typed === '' ? known : NONE;
  return {
    recent,
    refresh: () => {
      if (!wanted) return;
      callMain('search.recent', undefined).then(
        (companies) => setKnown(companies.slice(0, SHOWN)),
        () => setKnown(NONE),
      );
    },
    openOption: (option) => {
      const chosen = option.startsWith(OPTION) ? recent[Number(option.slice(OPTION.length))] : undefined;
      if (chosen) navigate({ name: 'company', dossierId: chosen.dossierId, identifier: chosen.identifier });
      return chosen !== undefined;
    },
  };
}
