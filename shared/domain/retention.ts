import { addMonths, type IsoDay, parisDay } from './days';

/** What a dossier holds, as its deletion would remove it. */
export interface DossierHoldings {
  readonly documents: number;
  readonly answers: number;
  readonly suppliedFiles: number;
  readonly batches: number;
}

/** A dossier that is no longer open, and when its data must go. */
export interface DossierTerm {
  readonly dossierId: string;
  readonly title: string;
  readonly habilitationTitle: string;
  /** ISO 8601 UTC: when it left the open state. */
  readonly closedAt: string;
  /** Declared with the habilitation, or set by the machine policy; null: not declared, and nothing is deleted by itself. */
  readonly retentionMonths: number | null;
  /** First ISO day on which it is deleted; null as above. */
  readonly dueOn: IsoDay | null;
  readonly isDue: boolean;
  readonly holdings: DossierHoldings;
}

/** The day after the declared period, counted from the closing; the body declares it in months (API Entreprise, FAQ). */
export function dueDay(closedAt: string, retentionMonths: number | null): IsoDay | null {
  return retentionMonths === null ? null : addMonths(parisDay(closedAt), retentionMonths);
}
