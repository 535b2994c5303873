import { findEndpoint } from '../../../shared/catalogue';
import { type Batch, type BatchCounts, type BatchWait, batchStateLabels, doneCount, type ImportRole } from '../../../shared/domain/batch';
import { pauseSentence, waitSentence } from '../../../shared/domain/batch-wait';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** « moins d’une minute », « 12 minutes », « 3 h 20 ». Rounded up: a promise is kept. */
export function durationText(durationMs: number): string {
  if (durationMs < MINUTE_MS) return 'moins d’une minute';
  const minutes = Math.ceil(durationMs / MINUTE_MS);
  if (minutes < 60) return `${minutes}\u00a0minute${minutes > 1 ? 's' : ''}`;
  const rest = minutes % 60;
  return `${Math.floor(durationMs / HOUR_MS) + (rest === 0 && durationMs % HOUR_MS > 0 ? 1 : 0)}\u00a0h${rest === 0 ? '' : `\u00a0${String(rest).padStart(2, '0')}`}`;
}

export function momentText(iso: string): string {
  return new Date(iso).toLocaleString('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

export function numberText(value: number): string {
  return value.toLocaleString('fr-FR');
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count > 1 ? many : one}`;
}

export function endpointTitle(endpointId: string): string {
  return findEndpoint(endpointId)?.title ?? endpointId;
}

export function failureCount({ failed, refused, unknown }: BatchCounts): number {
  return failed + refused + unknown;
}

/** One line on where a run stands; `waits`: what keeps its calls from leaving, where that is not said beside. */
export function stateSentence({ state, counts, pauseMessage, endedAt, resumesAt }: Batch, waits: readonly BatchWait[] = []): string {
  const progress = `${numberText(doneCount(counts))} sur ${counted(counts.total, 'appel')}`;
  const failures = failureCount(counts);
  const failed = failures === 0 ? '' : `, ${counted(failures, 'échec')}`;
  if (state === 'paused') return pauseSentence(pauseMessage ?? `${progress}${failed}.`, resumesAt) ?? '';
  if (state === 'planned') return resumesAt === null ? `${counted(counts.total, 'appel')} à venir.` : `${counted(counts.total, 'appel')} à venir, à partir du ${momentText(resumesAt)}.`;
  if (state === 'running') return [`${progress}${failed}.`, waitSentence(waits)].filter((part) => part !== null).join(' ');
  return `${batchStateLabels[state]}${endedAt === null ? '' : ` le ${momentText(endedAt)}`}\u00a0: ${progress}${failed}.`;
}

export const stateColors: Readonly<Record<Batch['state'], string>> = { planned: 'ink', running: 'teal', paused: 'amber', done: 'gray', cancelled: 'gray' };

export const roleLabels: Readonly<Record<ImportRole, string>> = {
  siren: 'SIREN',
  siret: 'SIRET',
  rna: 'RNA',
  identifier: 'SIREN, SIRET ou RNA',
  name: 'Nom de l’entreprise',
  object: 'Objet de l’appel',
  ignored: 'Ne pas lire',
};
