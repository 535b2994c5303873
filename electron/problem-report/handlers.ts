import { randomUUID } from 'node:crypto';

import { parisDay } from '../../shared/domain/days';
import type { RecordEvent } from '../../shared/domain/journal';
import { saveChunks } from '../files/atomic-file';
import { orFileFailure } from '../files/file-failure';
import type { PendingFiles } from '../files/pending-files';
import type { Host } from '../host';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { by, traceOrRefuse } from '../trace';
import { type FactGroup, reportText } from './report';

export interface ProblemReportDeps {
  readonly host: Pick<Host, 'log' | 'clock'>;
  readonly record: RecordEvent;
  readonly pending: PendingFiles;
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  readonly facts: () => readonly FactGroup[];
  readonly knownNames: () => readonly string[];
}

const LOG_LINES = 300;
const LEFT_OUT = '(laissé de côté : la base de données ne se lit pas, et les noms à taire y sont)';

/** What was shown, kept until another is prepared: nothing else than what was read can be saved. */
interface Prepared {
  readonly reportId: string;
  readonly agentId: string;
  readonly text: string;
}

export function problemReportHandlers(deps: ProblemReportDeps): Pick<Handlers, 'problem.prepare' | 'problem.save' | 'problem.screenFailed'> {
  let prepared: Prepared | null = null;
  return {
    'problem.prepare': async ({ words }, { session }) => {
      const logLines = await deps.host.log.recent(LOG_LINES);
      const knownNames = namesOrNull(deps.knownNames);
      // Without the names that must not leave, the log does not leave either; the rest says what support needs first.
      const safeLines = knownNames === null ? [LEFT_OUT] : logLines;
      const text = reportText({ words, logLines: safeLines, groups: deps.facts(), knownNames: knownNames ?? [] });
      prepared = { reportId: randomUUID(), agentId: session.agent.id, text };
      return { reportId: prepared.reportId, text };
    },
    'problem.save': async ({ reportId }, { session }) => {
      const report = prepared;
      if (report?.reportId !== reportId || report.agentId !== session.agent.id) {
        throw new IpcFailure('not_found', 'Ce rapport n’est plus celui qui est préparé : préparez-le de nouveau.');
      }
      const day = parisDay(deps.host.clock.now());
      const path = await deps.askSavePath(`instruire-probleme-${day}.txt`);
      if (path === null) return null;
      const traceSaved = (sha256: string) =>
        traceOrRefuse(deps.record, { ...by(session.agent), event: 'data.exported', outcome: 'success', detail: `Rapport de problème enregistré pour l’assistance (SHA-256 ${sha256}).` });
      await orFileFailure(saveChunks(deps.pending, { path, event: 'data.exported', what: 'rapport de problème' }, oneChunk(report.text), traceSaved));
      return { path };
    },
    'problem.screenFailed': ({ screen, error }) => {
      deps.host.log.error(`screen ${screen}`, error);
      return null;
    },
  };
}

/** Null: a broken database does not tell them, and is what the report is wanted for. */
function namesOrNull(read: () => readonly string[]): readonly string[] | null {
  try {
    return read();
  } catch {
    return null;
  }
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
