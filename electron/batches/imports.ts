import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { AsideLine, BatchLine, ImportPreview, ImportRole } from '../../shared/domain/batch';
import { IpcFailure } from '../ipc-failure';
import type { Clock } from '../storage/clock';
import { readIdentifier } from './import/identifier';
import type { ListStore } from './list-store';
import type { ListReader, ListReading, ListSource, ReadRow } from './ports';

export interface ImportDeps {
  readonly lists: ListStore;
  readonly reader: ListReader;
  readonly clock: Clock;
  readonly onProgress: (read: number) => void;
}

export interface ImportOptions {
  readonly agentId: string;
  readonly sheet?: string | undefined;
  readonly roles?: readonly ImportRole[] | undefined;
}

/** Rows written in one commit, between two turns of the event loop. */
const ROWS_AT_ONCE = 500;

/** Lists being read, and those kept aside until a run is made of them. */
export class Imports {
  /** Where the last list came from, to read it again. */
  #last: { readonly id: string; readonly source: ListSource } | null = null;
  #reading: AbortController | null = null;

  constructor(private readonly deps: ImportDeps) {}

  /** One reading at a time; a new one ends the former. */
  async read(source: ListSource, options: ImportOptions): Promise<ImportPreview> {
    this.#reading?.abort();
    const controller = new AbortController();
    this.#reading = controller;
    const id = randomUUID();
    try {
      await this.#readInto(id, source, options, controller.signal);
    } finally {
      if (this.#reading === controller) this.#reading = null;
    }
    this.#last = { id, source };
    return this.owned(options.agentId, id);
  }

  /** The same source under other roles or another sheet; the former reading is forgotten. */
  async readAgain(importId: string, options: ImportOptions): Promise<ImportPreview> {
    this.owned(options.agentId, importId);
    if (this.#last?.id !== importId) throw gone();
    const preview = await this.read(this.#last.source, options);
    this.deps.lists.removeUnused(importId);
    return preview;
  }

  owned(agentId: string, importId: string): ImportPreview {
    const found = this.deps.lists.find(importId);
    if (found?.agentId !== agentId) throw gone();
    const { agentId: owner, ...preview } = found;
    void owner;
    return preview;
  }

  aside(agentId: string, importId: string, offset: number, limit: number): readonly AsideLine[] {
    this.owned(agentId, importId);
    return this.deps.lists.aside(importId, offset, limit);
  }

  lines(agentId: string, importId: string, offset: number, limit: number): readonly BatchLine[] {
    this.owned(agentId, importId);
    return this.deps.lists.linePage(importId, offset, limit);
  }

  /** The agent found or mended the identifier of a line kept aside. */
  resolveAside(agentId: string, importId: string, number: number, identifier: string): ImportPreview {
    const { lists } = this.deps;
    this.owned(agentId, importId);
    if (lists.isUsed(importId)) throw new IpcFailure('conflict', 'Un lot se sert déjà de cette liste\u00a0: importez-la à nouveau pour la corriger.');
    const aside = lists.findAside(importId, number);
    if (!aside) throw new IpcFailure('not_found', 'Cette ligne n’est plus de côté : relisez la liste.');
    const read = readIdentifier(identifier, 'identifier');
    if (!read.ok) throw new IpcFailure('invalid_input', read.message, 'identifier');
    const { siren, siret, rna } = read.value;
    const { name, object } = aside;
    const isAdded = lists.resolve(importId, { number, siren, siret, rna, name, object, note: 'Identifiant donné à la main.' });
    if (!isAdded) throw new IpcFailure('conflict', 'Une autre ligne de la liste demande déjà cette entreprise : laissez celle-ci de côté.', 'identifier');
    return this.owned(agentId, importId);
  }

  cancel(agentId: string, importId: string | null): void {
    this.#reading?.abort();
    if (importId === null) return;
    this.owned(agentId, importId);
    if (this.#last?.id === importId) this.#last = null;
    this.deps.lists.removeUnused(importId);
  }

  async #readInto(listId: string, source: ListSource, { agentId, sheet, roles }: ImportOptions, signal: AbortSignal): Promise<void> {
    const { lists, reader, clock } = this.deps;
    const { fileName, sheets, columns, rows } = await reader.readLines(source, { sheet, roles, signal });
    lists.create({ id: listId, agentId, fileName, sheets, columns, createdAt: new Date(clock.now()).toISOString() });
    try {
      await this.#store(listId, rows, signal);
    } catch (error) {
      lists.removeUnused(listId);
      throw error;
    }
  }

  async #store(listId: string, rows: ListReading['rows'], signal: AbortSignal): Promise<void> {
    let pending: ReadRow[] = [];
    let read = 0;
    const flush = async (): Promise<void> => {
      this.deps.lists.addRows(listId, pending);
      read += pending.length;
      pending = [];
      this.deps.onProgress(read);
      await nextTurn();
    };
    for await (const row of rows) {
      if (signal.aborted) throw new IpcFailure('refused', 'Lecture annulée : rien n’a été gardé de cette liste. Choisissez-la à nouveau quand vous voulez.');
      pending.push(row);
      if (pending.length >= ROWS_AT_ONCE) await flush();
    }
    if (pending.length > 0) await flush();
  }
}

function gone(): IpcFailure {
  return new IpcFailure('not_found', 'Cette liste n’est plus là : importez-la à nouveau.');
}
