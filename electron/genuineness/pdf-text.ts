import { Worker } from 'node:worker_threads';

import type { PieceTextState } from '../../shared/domain/supplied-file';

export interface PdfText {
  readonly state: PieceTextState;
  readonly text: string;
}

export interface PdfTextBounds {
  readonly timeoutMs: number;
  readonly maxPages: number;
  readonly maxCharacters: number;
  readonly maxHeapMb: number;
}

/** An attestation has one to three pages; what is far beyond is not read rather than waited for. */
export const PDF_TEXT_BOUNDS: PdfTextBounds = { timeoutMs: 15_000, maxPages: 20, maxCharacters: 200_000, maxHeapMb: 256 };

const unreadable: PdfText = { state: 'unreadable', text: '' };

/** Reads the text layer of a PDF that nobody vouches for; never rejects because of what the PDF holds. */
export type ReadPdfText = (bytes: Uint8Array) => Promise<PdfText>;

/** Each PDF has a thread of its own, ended when it takes too long or too much: main never waits for a hostile one. */
export function createReadPdfText(scriptPath: string, bounds: PdfTextBounds = PDF_TEXT_BOUNDS): ReadPdfText {
  return (bytes) =>
    new Promise((resolve) => {
      const { maxPages, maxCharacters } = bounds;
      const worker = new Worker(scriptPath, {
        workerData: { bytes, maxPages, maxCharacters },
        // What the document makes the library say goes nowhere.
        stdout: true,
        stderr: true,
        resourceLimits: { maxOldGenerationSizeMb: bounds.maxHeapMb },
      });
      const conclude = (read: PdfText): void => {
        clearTimeout(timer);
        void worker.terminate();
        resolve(read);
      };
      const timer = setTimeout(() => conclude(unreadable), bounds.timeoutMs);
      worker.once('message', conclude);
      worker.once('error', () => conclude(unreadable));
      worker.once('exit', () => conclude(unreadable));
    });
}
