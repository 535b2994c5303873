import type { ApiErrorKind } from '../domain/api-error';
import type { RetryName } from './retry-rules';
import type { Words } from './words';

export interface CodeEntry extends Words {
  readonly kind: ApiErrorKind;
}

export function entry(kind: ApiErrorKind, retry: RetryName, message: string, advice: string): CodeEntry {
  return { kind, retry, message, advice };
}
