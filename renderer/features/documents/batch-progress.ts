import type { Download, Downloads } from './documents-store';

export interface BatchProgress {
  readonly total: number;
  readonly stored: number;
  readonly failed: number;
  readonly running: number;
  /** From 0 to 1; a document under way counts for what has arrived of it. */
  readonly ratio: number;
}

/** Where documents asked for together stand. */
export function batchProgress(keys: readonly string[], downloads: Downloads): BatchProgress {
  const known = keys.flatMap((key) => downloads[key] ?? []);
  const count = (isOne: (download: Download) => boolean): number => known.filter(isOne).length;
  const received = known.reduce((sum, download) => sum + shareOf(download), 0);
  return {
    total: keys.length,
    stored: count(({ step }) => step === 'stored'),
    failed: count(({ step }) => step === 'failed'),
    running: count((download) => 'downloadId' in download),
    ratio: keys.length === 0 ? 0 : received / keys.length,
  };
}

function shareOf(download: Download): number {
  if (!('downloadId' in download)) return 1;
  const { receivedBytes, totalBytes } = download;
  return totalBytes === null || totalBytes === 0 ? 0 : Math.min(1, receivedBytes / totalBytes);
}

/** What became of them, in a sentence. */
export function batchSentence({ total, stored, failed, running }: BatchProgress): string {
  const received = `${stored} sur ${total} ${stored > 1 ? 'reçus' : 'reçu'}`;
  if (running > 0) return failed > 0 ? `${received}, ${failed} en échec` : received;
  if (failed === 0) return total > 1 ? `Les ${total} documents sont reçus.` : 'Le document est reçu.';
  return `${received}. ${failed > 1 ? `${failed} documents n’ont pas été reçus : chacun dit pourquoi.` : 'Un document n’a pas été reçu : il dit pourquoi.'}`;
}
