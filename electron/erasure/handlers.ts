import { createPublicKey } from 'node:crypto';

import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import type { Agent } from '../../shared/domain/agent';
import { parisDay } from '../../shared/domain/days';
import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import { fileFailure } from '../files/file-failure';
import { type Journal, makeSeal, type SealKey, TaskCancelledError } from '../journal';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import { askForErasure, isErasable } from './erase';

export interface ErasureDeps {
  readonly userDataPath: string;
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'seal'>;
  readonly sealKey: SealKey;
  readonly record: RecordEvent;
  readonly retentionMonths: number;
  readonly countHoldings: () => { readonly dossierCount: number; readonly documentCount: number; readonly answerCount: number };
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  /** Writes every line of the journal, in JSON Lines; gives the file's SHA-256. Rejects with a {@link TaskCancelledError} when stopped. */
  readonly exportJournal: (path: string, signal: AbortSignal) => Promise<string>;
  /** Closes the application in order, then opens it again. */
  readonly restart: () => void;
}

type Channels = 'erasure.prepare' | 'erasure.saveJournal' | 'erasure.cancelSave' | 'erasure.run';

/** The end of a workstation: what it kept is handed over or given up aloud, then the next start erases everything. */
export function erasureHandlers(deps: ErasureDeps): Pick<Handlers, Channels> {
  const { journal, record } = deps;
  /** Who has saved the history since this start: nobody else's copy counts for him. */
  let savedBy: string | null = null;
  let saving: AbortController | null = null;
  return {
    'erasure.prepare': async () => ({ head: await sealedHead(deps), retentionMonths: deps.retentionMonths, ...deps.countHoldings() }),
    'erasure.saveJournal': async (_input, { session: { agent } }) => {
      assertErasable(deps);
      if (saving) throw new IpcFailure('conflict', 'L’historique s’enregistre déjà : attendez la fin, ou arrêtez-la.');
      saving = new AbortController();
      try {
        const saved = await saveJournal(deps, agent, saving.signal);
        if (saved) savedBy = agent.id;
        return saved;
      } finally {
        saving = null;
      }
    },
    'erasure.cancelSave': () => {
      saving?.abort();
      return null;
    },
    'erasure.run': async ({ isJournalGivenUp }, { session: { agent } }) => {
      assertErasable(deps);
      const isSaved = savedBy === agent.id;
      if (!isSaved && !isJournalGivenUp) {
        throw new IpcFailure('refused', 'Enregistrez d’abord l’historique, ou confirmez que vous renoncez à le garder.');
      }
      await traceOrRefuse(record, event(agent, `Effacement de ce poste ordonné${isSaved ? ', historique enregistré' : ', historique non gardé'}.`));
      await journal.seal();
      askForErasure(deps.userDataPath);
      deps.restart();
      return null;
    },
  };
}

/** Null when nothing was saved, for the agent closed the dialog or stopped the copy. */
async function saveJournal(deps: ErasureDeps, agent: Agent, signal: AbortSignal) {
  const path = await deps.askSavePath(`historique-dernier-${parisDay(deps.clock.now())}.jsonl`);
  if (path === null) return null;
  // Before the copy, so that its last line says why there is no next one.
  await traceOrRefuse(deps.record, event(agent, 'Effacement de ce poste préparé : dernière copie de l’historique.'));
  const head = await sealedHead(deps);
  try {
    return { path, sha256: await deps.exportJournal(path, signal), head };
  } catch (error) {
    if (!(error instanceof TaskCancelledError)) throw fileFailure(error);
    await traceOrRefuse(deps.record, event(agent, 'Dernière copie de l’historique arrêtée avant sa fin.'));
    return null;
  }
}

function assertErasable({ userDataPath }: ErasureDeps): void {
  if (isErasable(userDataPath)) return;
  throw new IpcFailure('refused', 'Les données sont dans un dossier qui contient aussi autre chose : rien n’a été effacé. Demandez-le à votre service informatique.');
}

function event(agent: Agent, detail: string): TracedEvent {
  return { event: 'workstation.erased', outcome: 'success', ...by(agent), detail };
}

async function sealedHead({ journal, sealKey, clock }: ErasureDeps) {
  const { seq, hash } = await journal.seal();
  const seal = makeSeal(sealKey, seq, hash, clock.now());
  const key = createPublicKey({ key: sealKey.publicKey(), format: 'der', type: 'spki' });
  return { seq, hash, at: new Date(seal.at).toISOString(), signature: seal.signature, publicKeyPem: key.export({ format: 'pem', type: 'spki' }).toString() };
}
