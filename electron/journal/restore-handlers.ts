import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';

import { fileFailure } from '../files/file-failure';
import type { CallContext, Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { cancellable, inWords } from './cancellable';
import type { Head } from './format';
import type { JournalHandlerDeps } from './handler-deps';
import { candidatePath, makeReady } from './restore';
import { TaskCancelledError } from './worker-client';

/** A backup that was verified, and may be restored by whoever had it verified. */
interface Candidate {
  readonly id: string;
  readonly agentId: string;
  readonly fileName: string;
  readonly head: Head;
}

/** A backup put back in two steps: it is verified and explained first, then whoever asked decides. */
export function restoreHandlers(deps: JournalHandlerDeps, running: Map<string, AbortController>): Pick<Handlers, 'journal.checkBackup' | 'journal.restore'> {
  let candidate: Candidate | null = null;
  return {
    'journal.checkBackup': ({ restoreId }, { session }) =>
      cancellable(running, restoreId, async (signal) => {
        candidate = null;
        const path = await deps.chooseBackup();
        if (path === null) return null;
        await refusePresentJournal(path, deps.journal.path);
        const { lastAt, ...checked } = await checkBackup(deps, path, restoreId, signal);
        const { report } = checked;
        const fileName = basename(path);
        if (report.ok && report.headHash !== null) candidate = { id: restoreId, agentId: session.agent.id, fileName, head: { seq: report.toSeq, hash: report.headHash } };
        return { ...checked, fileName, lastAt: lastAt === null ? null : new Date(lastAt).toISOString() };
      }),
    'journal.restore': async ({ restoreId }, context) => {
      const chosen = candidate;
      candidate = null;
      if (chosen?.id !== restoreId || chosen.agentId !== context.session.agent.id) throw new IpcFailure('conflict', 'Choisissez de nouveau la sauvegarde : rien n’a été restauré.');
      await restore(deps, chosen, context);
      deps.restart();
      return null;
    },
  };
}

async function refusePresentJournal(path: string, journalPath: string): Promise<void> {
  if ((await realpath(path)) === (await realpath(journalPath))) throw new IpcFailure('invalid_input', 'Ce fichier est l’historique en cours : choisissez une sauvegarde.');
}

async function checkBackup(deps: JournalHandlerDeps, backupPath: string, restoreId: string, signal: AbortSignal) {
  const copy = { backupPath, candidatePath: candidatePath(deps.journal.path), publicKey: deps.sealKey.publicKey().toString('base64') };
  try {
    return await deps.worker.run('copyForRestore', copy, { signal, onProgress: (done, total) => deps.onProgress(restoreId, done, total) });
  } catch (error) {
    if (error instanceof TaskCancelledError) throw error;
    throw new IpcFailure('invalid_input', backupFailureSentence(error));
  }
}

async function restore({ journal, clock, sealKey, describeWorkstation }: JournalHandlerDeps, { fileName, head }: Candidate, { session }: CallContext): Promise<void> {
  const agent = { id: session.agent.id, displayName: session.agent.displayName };
  const { workstation } = describeWorkstation();
  try {
    // In the journal that is going to be set aside too: it must say why it ends.
    await journal.record({ event: 'journal.restored', agent, code: 'started', detail: `Restauration de la sauvegarde « ${fileName} » demandée : cet historique s’arrête ici.` });
    await makeReady({ path: journal.path, clock, workstation, sealKey, ...journal.clock.statement }, { agent, fileName, restored: head, replaced: journal.head() });
  } catch (error) {
    throw fileFailure(inWords(error));
  }
}

/** Why a backup could not be read or copied. */
function backupFailureSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  if (/full|ENOSPC/i.test(text)) return 'Le disque est plein : la sauvegarde ne peut pas être vérifiée. Libérez de la place, puis réessayez.';
  if (/unable to open|EACCES|EPERM|ENOENT/i.test(text)) return 'Ce fichier ne peut pas être lu : vérifiez qu’il existe et que vous y avez accès.';
  return 'Ce fichier n’est pas une sauvegarde de l’historique, ou il est endommagé. Choisissez-en un autre.';
}
