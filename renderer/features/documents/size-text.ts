import { numberText } from '../../../shared/reading';

/** Kilobytes or megabytes, as agents read sizes. */
export function sizeText(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${numberText(Math.max(1, Math.round(kilobytes))) ?? ''}\u00a0Ko`;
  return `${numberText(Math.round(kilobytes / 102.4) / 10) ?? ''}\u00a0Mo`;
}
