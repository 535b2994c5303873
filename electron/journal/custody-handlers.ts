import { parisDay } from '../../shared/domain/days';
import type { CallContext, Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import type { AnchorResult } from './anchor';
import { writeAtomically, writeDurably } from '../files/atomic-file';
import { fileFailure } from '../files/file-failure';
import type { JournalHandlerDeps } from './handler-deps';
import { processingRecord } from './processing-record';
import { retentionMonths } from './retention';
import { TimestampError } from './timestamp';

type CustodyChannel = 'journal.status' | 'journal.anchor' | 'journal.backUp' | 'journal.processingRecord' | 'journal.saveProcessingRecord';

/** Keeping the journal safe and accounted for: stamps, copies, and what the register says of it. */
export function custodyHandlers(deps: JournalHandlerDeps): Pick<Handlers, CustodyChannel> {
  const { journal } = deps;
  // The policy names the administration, or else whoever asks says which is his.
  const recordFor = ({ session }: CallContext) => {
    const settings = settingsOf(deps);
    return processingRecord({ ...settings, organisation: settings.organisation ?? session.agent.organisation }, new Date(deps.clock.now()));
  };
  return {
    'journal.status': () => {
      const last = journal.lastAnchor();
      const { retentionMonths: months, timestampAuthority } = settingsOf(deps);
      return { retentionMonths: months, timestampAuthority, lastAnchor: last && shown(last), openingNotices: [...journal.openingNotices] };
    },
    'journal.anchor': async () => {
      if (!deps.authority) throw new IpcFailure('refused', 'Aucune autorité d’horodatage n’est réglée : demandez à votre service informatique d’en nommer une dans la politique du poste.');
      return shown(await inCustodyWords(() => journal.anchor(deps.authority as NonNullable<typeof deps.authority>)));
    },
    'journal.backUp': (_input, context) =>
      saveRecorded(deps, context, 'historique', 'db', async (path) => {
        await journal.seal();
        return deps.worker.run('backUp', { path });
      }),
    'journal.processingRecord': (_input, context) => ({ text: recordFor(context) }),
    'journal.saveProcessingRecord': (_input, context) =>
      saveRecorded(deps, context, 'registre-des-traitements', 'md', (path) => writeDurably(path, oneChunk(recordFor(context)))),
  };
}

function settingsOf(deps: JournalHandlerDeps) {
  return { ...deps.describeWorkstation(), retentionMonths: retentionMonths(deps.retentionMonths()), timestampAuthority: deps.authority?.url.host ?? null };
}

function shown({ seq, hash, authority, stampedAt }: AnchorResult) {
  return { seq, hash, authority, stampedAt: new Date(stampedAt).toISOString() };
}

/** Asks where, writes the file, and leaves its digest in the journal before it has its name. */
async function saveRecorded(
  { journal, clock, chooseSavePath, pending }: JournalHandlerDeps,
  { session }: CallContext,
  baseName: string,
  extension: 'db' | 'md',
  write: (path: string) => Promise<string>,
) {
  const path = await chooseSavePath(`${baseName}-${parisDay(clock.now())}.${extension}`);
  if (path === null) return null;
  const agent = { id: session.agent.id, displayName: session.agent.displayName };
  const event = extension === 'db' ? 'journal.backed_up' : 'data.exported';
  const what = extension === 'db' ? 'Copie de sauvegarde de l’historique' : 'Fiche du registre des traitements';
  // As for an export: a file may not leave without a trace, even if the machine stops half-way.
  await inCustodyWords(() => journal.record({ event, agent, code: 'started', detail: `${what} commencée.` }));
  const save = () =>
    writeAtomically(pending, { path, event, what }, async (temporaryPath) => {
      const sha256 = await write(temporaryPath);
      await journal.record({ event, agent, documentSha256: sha256, detail: `${what} enregistrée.` });
      return { path, sha256 };
    });
  return inCustodyWords(save).catch(async (error: IpcFailure) => {
    await journal.record({ event, agent, outcome: 'failure', detail: `${what} manquée : rien n’est sorti. ${error.message}` }).catch(() => undefined);
    throw error;
  });
}

async function inCustodyWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TimestampError) throw new IpcFailure('unavailable', error.message);
    throw fileFailure(error);
  }
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
