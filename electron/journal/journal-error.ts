import { type CallStopReason, UntracedError } from '../consultation/ports';
import { callStop } from './call-stops';

export type JournalWriteReason = Exclude<CallStopReason, 'altered' | 'clock'>;

/** The trace is not on disk: the caller must not go on. The message is a French sentence for the screen. */
export class JournalWriteError extends UntracedError {
  constructor(
    readonly reason: JournalWriteReason,
    options?: ErrorOptions,
  ) {
    const { message, advice } = callStop(reason);
    super(`${message} ${advice}`, options);
    this.name = 'JournalWriteError';
  }
}

const patterns: readonly (readonly [JournalWriteReason, RegExp])[] = [
  ['disk_full', /full|ENOSPC/i],
  ['read_only', /readonly|read-only|unable to open|EACCES|EPERM|EROFS/i],
  ['locked', /locked|busy/i],
  ['damaged', /malformed|not a database|corrupt/i],
  ['failing_disk', /disk I\/O|\bEIO\b/i],
];

export function toJournalWriteError(error: unknown): JournalWriteError {
  if (error instanceof JournalWriteError) return error;
  const text = error instanceof Error ? error.message : '';
  const reason = patterns.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown';
  return new JournalWriteError(reason, { cause: error });
}

/** The file, or the disk under it, cannot be relied upon: trying again does not help. */
export function isFileLost({ reason }: JournalWriteError): boolean {
  return reason === 'damaged' || reason === 'failing_disk';
}

/** What a journal says where it can be read, `fallback` where its file is damaged. */
export function readableOr<T>(fallback: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isFileLost(toJournalWriteError(error))) return fallback;
    throw error;
  }
}
