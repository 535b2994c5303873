import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Session } from '../shared/domain/agent';
import { hasRight } from '../shared/domain/rights';
import { type Headless, headlessOf } from './composition/headless';
import { createSandboxOnDemand } from './composition/sandbox-on-demand';
import type { Calls, People } from './composition/services';
import type { FirstStores } from './composition/first-stores';
import { careForJournal } from './composition/journal-care';
import { storeNotices } from './composition/notices';
import { openStores } from './composition/stores';
import type { DispatchOptions } from './dispatch';
import { createTokenWatch } from './habilitations';
import type { Host } from './host';
import { visibleTo } from './quota';
import { createReadingTrace } from './reading-trace';
import { Secret } from './storage/secret';

/** The whole application behind the door, ready to answer. */
export interface Composition {
  readonly dispatch: DispatchOptions;
  readonly lock: () => void;
  readonly checkIdle: () => void;
  /** What a batch without a window needs beside the door. */
  readonly headless: Headless;
  /** Flushes and closes every store; nothing may be asked afterwards. */
  readonly close: () => Promise<void>;
}

/**
 * Builds each part once and hands it what it needs: what is kept, where calls go, who works, the
 * pipeline, the door. Each is read and built in a turn of the loop of its own: what the window asks of this
 * process passes in between. Knows no Electron: the host brings what only it can do.
 * @throws what `startFailureSentence` puts in words; nothing on disk is changed by a failed start.
 */
export async function compose(host: Host, first?: FirstStores): Promise<Composition> {
  const stores = await openStores(host, first);
  host.log.follow(() => stores.settings.get().logLevel);
  const { buildCalls, buildNetwork, buildPeople } = await inItsTurn(() => import('./composition/services'));
  const network = buildNetwork(host, stores);
  const people = buildPeople(host, stores, network);
  const calls = buildCalls(host, stores, network, people);
  const { buildDossierFiles, finishInterrupted } = await inItsTurn(() => import('./composition/dossier-files'));
  const { buildBatches } = await inItsTurn(() => import('./composition/batches'));
  const dossierFiles = buildDossierFiles(host, stores, people, calls);
  const finishing = finishInterrupted(host, stores, dossierFiles);
  const sandbox = createSandboxOnDemand(host, (worker) => {
    network.useSandbox(worker);
    people.ensureSandbox(new Secret(worker.token));
  });
  const ready = (): Promise<void> => (network.environment() === 'sandbox' ? sandbox.start() : Promise.resolve());
  const batches = buildBatches(host, stores, people, calls, dossierFiles);
  const { keeper } = people.agents;
  const { forbiddenTracer, handlersOf, visibleHabilitations } = await inItsTurn(() => import('./composition/handlers'));
  tellQuota(host, people, calls, visibleHabilitations);
  const journalCare = careForJournal(host, stores, network, calls, ready);
  if (storeNotices(stores).length > 0) host.notify('notices.changed', null);
  const tokenWatch = createTokenWatch({ list: () => people.habilitations.all(), onChange: (habilitationId) => host.notify('habilitations.changed', { habilitationId }) });
  return {
    dispatch: {
      ready,
      handlers: handlersOf(host, stores, network, people, calls, { dossierFiles, batches, journalCare }),
      currentSession: () => keeper.current(),
      traceReading: createReadingTrace({ record: stores.record, clock: host.clock, findDossier: people.dossiers.find, findBatch: batches.find }),
      onForbidden: forbiddenTracer(stores.record, host),
      logError: (place, error) => host.log.error(place, error),
    },
    headless: headlessOf(stores, people),
    lock: () => keeper.lock(),
    checkIdle: () => {
      keeper.checkIdle();
      tokenWatch.check();
    },
    // Answers are written before the database closes, the journal is sealed once nobody writes to it.
    close: () =>
      closeInOrder(host, [
        () => calls.dataKey.stop(),
        () => batches.engine.close(),
        () => calls.quota.close(),
        () => finishing,
        () => calls.answers.flush(),
        () => calls.copies.clear(),
        () => journalCare.close(),
        () => stores.worker.close(),
        () => stores.journal.close(),
        () => stores.database.close(),
        () => network.dispatcher.close(),
        () => sandbox.stop(),
      ]),
  };
}

/** What is read takes a while: the loop is given back before it and after it. */
async function inItsTurn<T>(read: () => Promise<T>): Promise<T> {
  await nextTurn();
  const part = await read();
  await nextTurn();
  return part;
}

/** Quotas are shown to whoever may see them, and of the habilitations that he knows of. */
function tellQuota(host: Host, people: People, calls: Calls, visibleHabilitations: (people: People, session: Session) => ReadonlySet<string>): void {
  calls.quota.onChange((snapshot) => {
    const session = people.agents.keeper.current();
    if (session && hasRight(session.agent.role, 'habilitations.read')) host.notify('quota.changed', visibleTo(snapshot, visibleHabilitations(people, session)));
  });
}

/** A step that fails (a full disk) must not keep the next ones from closing; what it refuses is traced before they do. */
async function closeInOrder(host: Host, steps: readonly (() => unknown)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      host.log.error('close', error);
    }
    await nextTurn();
  }
}
