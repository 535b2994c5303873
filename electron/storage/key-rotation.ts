import { setTimeout as wait } from 'node:timers/promises';

import { DataKeyUnavailableError } from './data-key';
import { SealedDataError } from './data-cipher';
import type { KeyRing } from './key-ring';

/** Sealed things that follow the current key. */
export interface SealedItems {
  /** Sealed more than once at a time when that spares the disk. */
  readonly batchSize: number;
  /** What is still sealed under another key than the current one. */
  listFormer(): Promise<readonly string[]>;
  /** Opens and seals anew, durably; an item deleted meanwhile is nothing to do. */
  reseal(ids: readonly string[]): Promise<void>;
  /** Items being sealed under a former key, soon to be listed. */
  pendingCount(): number;
}

export interface RotationProgress {
  readonly done: number;
  readonly total: number;
}

export interface RotationResult {
  readonly outcome: 'done' | 'cancelled';
  readonly resealed: number;
  /** Left as they were: damaged, or under a key that this workstation does not hold. */
  readonly unopened: number;
}

const PENDING_CHECK_MS = 100;

/**
 * Seals everything anew under the current key, then forgets the former ones. Each item names its key, so that
 * a stop at any point, kill included, leaves everything readable: the next run goes on from there.
 * @throws what the disk refuses; nothing is lost, the former keys stay.
 */
export async function resealAll(
  ring: KeyRing,
  kept: readonly SealedItems[],
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: RotationProgress) => void },
): Promise<RotationResult> {
  const unopened = new Set<string>();
  let resealed = 0;
  for (;;) {
    const former = await Promise.all(kept.map(async (items, rank) => (await items.listFormer()).filter((id) => !unopened.has(`${rank} ${id}`))));
    const left = former.flat().length;
    if (left === 0 && kept.every((items) => items.pendingCount() === 0)) break;
    const total = resealed + left;
    for (const [rank, items] of kept.entries()) {
      for (const batch of batches(former[rank] ?? [], items.batchSize)) {
        if (signal.aborted) return { outcome: 'cancelled', resealed, unopened: unopened.size };
        const closed = await resealOrSetApart(items, batch);
        for (const id of closed) unopened.add(`${rank} ${id}`);
        resealed += batch.length - closed.length;
        onProgress({ done: resealed + unopened.size, total });
      }
    }
    if (left === 0) await wait(PENDING_CHECK_MS);
    if (signal.aborted) return { outcome: 'cancelled', resealed, unopened: unopened.size };
  }
  ring.dropFormerKeys();
  return { outcome: 'done', resealed, unopened: unopened.size };
}

/** Returns those of the batch that do not open: they must not keep the others from the new key. */
async function resealOrSetApart(items: SealedItems, batch: readonly string[]): Promise<readonly string[]> {
  try {
    await items.reseal(batch);
    return [];
  } catch (error) {
    if (!(error instanceof SealedDataError) && !(error instanceof DataKeyUnavailableError)) throw error;
    if (batch.length === 1) return batch;
    const each: string[] = [];
    for (const id of batch) each.push(...(await resealOrSetApart(items, [id])));
    return each;
  }
}

function* batches<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
