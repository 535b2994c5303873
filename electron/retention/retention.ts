import type { Agent } from '../../shared/domain/agent';
import { parisDay } from '../../shared/domain/days';
import type { Dossier } from '../../shared/domain/dossier';
import type { RecordEvent, TracedEvent } from '../../shared/domain/journal';
import { type DossierHoldings, type DossierTerm, dueDay } from '../../shared/domain/retention';
import { IpcFailure } from '../ipc-failure';
import { createOneAtATime } from '../one-at-a-time';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import type { ClosedDossier, PendingDeletion, RetentionStore } from './retention-store';

/** What one feature keeps of dossiers. */
export interface Holding {
  readonly kind: keyof DossierHoldings;
  readonly count: (dossierId: string) => number;
  /** Forgets its rows, inside the deletion's transaction; the function returned removes what lies outside the database. */
  readonly forget: (dossierId: string) => () => void;
}

export interface RetentionDeps {
  readonly store: RetentionStore;
  readonly holdings: readonly Holding[];
  readonly dossierOf: (agent: Agent, dossierId: string) => Dossier;
  readonly habilitationOf: (id: string) => { readonly title: string; readonly retentionMonths?: number | null | undefined } | undefined;
  /** Set by the machine policy; null: each habilitation says its own. */
  readonly policyMonths: number | null;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

const BY_TERM = 'durée de conservation écoulée';
const BY_HAND = 'demande du responsable';
const AFTER_CRASH = 'reprise après un arrêt brutal';

/** The end of dossiers: previewed, traced, real, and finished at the next start when the machine stops half-way. */
export class Retention {
  readonly #oneAtATime = createOneAtATime();

  constructor(private readonly deps: RetentionDeps) {}

  /** Every dossier that is no longer open, the first to go first. */
  terms(): readonly DossierTerm[] {
    const today = parisDay(this.deps.clock.now());
    const terms = this.deps.store.closed().map((closed) => this.#termOf(closed, today));
    return terms.sort((one, other) => (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999'));
  }

  #termOf({ dossierId, title, habilitationId, closedAt }: ClosedDossier, today: string): DossierTerm {
    const habilitation = this.deps.habilitationOf(habilitationId);
    const retentionMonths = this.deps.policyMonths ?? habilitation?.retentionMonths ?? null;
    const dueOn = dueDay(closedAt, retentionMonths);
    const base = { dossierId, title, habilitationTitle: habilitation?.title ?? 'Habilitation supprimée', closedAt, retentionMonths, dueOn };
    return { ...base, isDue: dueOn !== null && dueOn <= today, holdings: this.#holdingsOf(dossierId) };
  }

  #holdingsOf(dossierId: string): DossierHoldings {
    const counts = { documents: 0, answers: 0, suppliedFiles: 0, batches: 0 };
    for (const { kind, count } of this.deps.holdings) counts[kind] += count(dossierId);
    return counts;
  }

  /** Deletes the dossiers whose term has passed, among those that were previewed; all of them at start. */
  async deleteDue(author: Agent | null, previewed?: readonly string[]): Promise<number> {
    const due = this.terms().filter(({ isDue, dossierId }) => isDue && (previewed?.includes(dossierId) ?? true));
    for (const { dossierId, title } of due) await this.#delete(author, { dossierId, dossierTitle: title }, BY_TERM);
    return due.length;
  }

  /** @throws {IpcFailure} when the dossier is still open. */
  async deleteByHand(author: Agent, dossierId: string): Promise<void> {
    const { title, state } = this.deps.dossierOf(author, dossierId);
    if (state === 'open') throw new IpcFailure('conflict', 'Ce dossier est encore ouvert : closez-le avant de le supprimer.');
    await this.#delete(author, { dossierId, dossierTitle: title }, BY_HAND);
  }

  /** Finishes what a crash has cut. Done at start, before anybody works. */
  async resume(): Promise<void> {
    for (const pending of this.deps.store.pending()) await this.#delete(null, pending, AFTER_CRASH);
  }

  /** Remembered, traced, forgotten in one step, removed from disk, traced again. */
  #delete(author: Agent | null, dossier: PendingDeletion, reason: string): Promise<void> {
    return this.#oneAtATime(async () => {
      const { store, holdings } = this.deps;
      const { dossierId } = dossier;
      const counts = this.#holdingsOf(dossierId);
      await this.#begin(author, dossier, `Suppression du dossier commencée (${reason}) : ${said(counts)}.`);
      const removals = store.erase(dossierId, () => holdings.map((holding) => holding.forget(dossierId)));
      for (const remove of removals) remove();
      store.flush();
      await this.#trace(author, dossier, `Dossier supprimé de ce poste (${reason}) : ${said(counts)}. L’historique de ses accès est conservé.`);
      store.end(dossierId);
      // The reminder of this deletion names the dossier too: it leaves the pages of the file with the rest.
      store.flush();
    });
  }

  /** Remembered first, so that what the journal says has begun is finished; forgotten again when it cannot be traced. */
  async #begin(author: Agent | null, dossier: PendingDeletion, detail: string): Promise<void> {
    this.deps.store.begin(dossier);
    try {
      await this.#trace(author, dossier, detail);
    } catch (error) {
      this.deps.store.end(dossier.dossierId);
      throw error;
    }
  }

  #trace(author: Agent | null, { dossierId, dossierTitle }: PendingDeletion, detail: string): Promise<void> {
    const event: TracedEvent = { ...by(author ?? undefined), event: 'dossier.purged', outcome: 'success', dossierId, dossierTitle, detail };
    return traceOrRefuse(this.deps.record, event);
  }
}

function said({ documents, answers, suppliedFiles, batches }: DossierHoldings): string {
  const supplied = counted(suppliedFiles, 'document fourni', 'documents fournis');
  return `${counted(documents, 'document')}, ${counted(answers, 'réponse')}, ${supplied}${batches > 0 ? `, ${counted(batches, 'lot')}` : ''}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count > 1 ? many : one}`;
}
