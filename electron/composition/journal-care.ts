import type { Host } from '../host';
import { isLoopback } from '../http';
import { breakEvent, type ConfirmedBy, startClockWatch, startUpkeep, stateFromError } from '../journal';
import type { Calls, Network } from './services';
import type { Stores } from './stores';

/** What goes on beside the calls so that they may leave: the reading of the file, the end of retention, stamps, the clock. */
export interface JournalCare {
  /** Reads the file whole, after what is under way. */
  readonly checkFile: () => void;
  /** Asks the service's hour when calls wait for it. */
  readonly checkClock: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** @param ready resolves once there is a service to ask. */
export function careForJournal(host: Host, stores: Stores, { environment, baseUrlOf, authority, reachability }: Network, { quota }: Calls, ready: () => Promise<void>): JournalCare {
  const { journal, policy } = stores;
  const logError = (place: string, error: unknown): void => host.log.error(place, error);
  const upkeep = startUpkeep({
    ...{ journal, clock: host.clock, authority, logError },
    checkFile: fileCheck(stores),
    retentionMonths: () => policy.retentionMonths ?? 0,
  });
  const clockWatch = startClockWatch({
    ...{ journal, clock: host.clock, logError },
    servedBy: () => servedFrom(baseUrlOf(environment())),
    // Whoever is held off sends the rare questions of the ban alone.
    isHeldOff: () => quota.snapshot().ban !== null,
    readServerDate: async () => {
      await ready();
      return reachability.readServerDate(environment());
    },
  });
  return {
    checkFile: () => upkeep.checkFile(),
    checkClock: clockWatch.check,
    close: () => {
      clockWatch.close();
      return upkeep.close();
    },
  };
}

/** The sandbox, or a gateway on this very machine, reads this very clock. */
function servedFrom(address: string | null): ConfirmedBy {
  return address !== null && isLoopback(new URL(address)) ? 'this_machine' : 'service';
}

/** The thread reads; what it found is remembered and told, a broken row in the journal too, once. */
function fileCheck({ journal, worker }: Stores) {
  return async (signal: AbortSignal): Promise<void> => {
    const state = await worker.run('checkFile', undefined, { signal }).catch(stateFromError);
    journal.noteFileState(state);
    if (state.kind !== 'broken' || state.told !== 'no') return;
    await journal.record({ ...breakEvent(state.found, 'reading'), detail: `Rupture à la ligne ${state.found.seq}, trouvée à la lecture du fichier.` });
    journal.noteFileState({ ...state, told: 'in_journal' });
  };
}
