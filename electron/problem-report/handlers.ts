import { randomUUID } from 'node:crypto';

import { parisDay } from '../../shared/domain/days';
import type { RecordEvent } from '../../shared/domain/journal';
import { writeAtomically } from '../files/atomic-file';
import type { Host } from '../host';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { by, traceOrRefuse } from '../trace';
import { type FactGroup, reportText } from './report';

export interface ProblemReportDeps {
  readonly host: Pick<Host, 'log' | 'clock'>;
  readonly record: RecordEvent;
  readonly askSavePath: (fileName: string) => Promise<string | null>;
  readonly facts: () => readonly FactGroup[];
  readonly knownNames: () => readonly string[];
}

const LOG_LINES = 300;

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
      const text = reportText({ words, logLines, groups: deps.facts(), knownNames: deps.knownNames() });
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
      await save(path, report.text, (sha256) =>
        traceOrRefuse(deps.record, { ...by(session.agent), event: 'data.exported', outcome: 'success', detail: `Rapport de problème enregistré pour l’assistance (SHA-256 ${sha256}).` }),
      );
      return { path };
    },
    'problem.screenFailed': ({ screen, error }) => {
      deps.host.log.error(`screen ${screen}`, error);
      return null;
    },
  };
}

async function save(path: string, text: string, beforeNaming: (sha256: string) => Promise<void>): Promise<void> {
  try {
    await writeAtomically(path, oneChunk(text), { beforeNaming });
  } catch (error) {
    if (error instanceof IpcFailure) throw error;
    throw new IpcFailure('unavailable', 'Le rapport n’a pas pu être enregistré à cet endroit : vérifiez vos droits et l’espace libre.');
  }
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
