import { type Batch, type BatchOutlook, doneCount } from '../../shared/domain/batch';
import { pauseSentence, waitSentence } from '../../shared/domain/batch-wait';
import type { ExitCode } from './exit-code';

/** Where the run tells how it goes. */
export interface Report {
  started(batch: Batch, isResumed: boolean): void;
  progress(batch: Batch & BatchOutlook): void;
  ended(code: ExitCode, message: string, batch: Batch | null): void;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
}

/** A bar on a terminal; one JSON object a line anywhere else. */
export function createReport(output: Output): Report {
  return output.isTerminal ? terminalReport(output.write) : jsonReport(output.write);
}

function jsonReport(write: (text: string) => void): Report {
  const say = (event: object): void => write(`${JSON.stringify(event)}\n`);
  return {
    started: ({ id, title, counts }, isResumed) => say({ event: 'started', batchId: id, title, resumed: isResumed, total: counts.total }),
    progress: ({ state, pauseReason, resumesAt, counts, waits }) =>
      say({ event: 'progress', state, pauseReason, ...(resumesAt === null ? {} : { resumesAt }), ...counts, ...(waits.length > 0 ? { waits } : {}) }),
    ended: (exitCode, message, batch) => say({ event: 'ended', exitCode, message, ...(batch ? { state: batch.state, ...batch.counts } : {}) }),
  };
}

const BAR_WIDTH = 30;

function terminalReport(write: (text: string) => void): Report {
  return {
    started: ({ title, counts }, isResumed) => write(`${title} : ${counts.total} appels${isResumed ? ', repris où ils en étaient' : ''}.\n`),
    progress: ({ state, pauseMessage, resumesAt, counts, waits }) => {
      const share = counts.total === 0 ? 1 : doneCount(counts) / counts.total;
      const filled = Math.round(share * BAR_WIDTH);
      const failures = counts.failed + counts.refused + counts.unknown;
      const wait = state === 'paused' ? pauseSentence(pauseMessage, resumesAt) : waitSentence(waits);
      const pause = wait ? ` · ${wait}` : '';
      // Back to the beginning of the line, and what it held wiped.
      write(`\r\u001b[2K[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${doneCount(counts)}/${counts.total} · ${failures} sans réponse${pause}`);
    },
    ended: (_code, message) => write(`\n${message}\n`),
  };
}
