import { setImmediate as nextTurn } from 'node:timers/promises';

import type { BatchStore } from './batch-store';
import type { ItemStore } from './item-store';
import type { ListStore } from './list-store';

export interface SweepDeps {
  readonly batches: BatchStore;
  readonly items: ItemStore;
  readonly lists: ListStore;
  readonly logError: (place: string, error: unknown) => void;
}

/** Short commits: a million calls go without anybody waiting for main. */
const ITEMS_AT_ONCE = 1_000;

/** Takes away what is hidden: removed runs, those that were never wholly made. A stop in between is made good at the next start. */
export class Sweep {
  #isStopped = false;
  #under: Promise<void> = Promise.resolve();

  constructor(private readonly deps: SweepDeps) {}

  /** Begins with what a stop has left. */
  begin(): void {
    for (const hidden of this.deps.batches.hidden()) this.take(hidden);
  }

  /** With its list, unless another run uses it; `listId` null: the list stays. */
  take({ id, listId }: { readonly id: string; readonly listId: string | null }): void {
    this.#under = this.#under.then(() => this.#takeAway(id, listId)).catch((error: unknown) => this.deps.logError('batch sweep', error));
  }

  /** Resolves once nothing more touches the database. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#under;
  }

  async #takeAway(id: string, listId: string | null): Promise<void> {
    const { batches, items, lists } = this.deps;
    while (!this.#isStopped && items.removeSome(id, ITEMS_AT_ONCE)) await nextTurn();
    if (this.#isStopped) return;
    batches.remove(id);
    if (listId !== null) lists.removeUnused(listId);
  }
}
