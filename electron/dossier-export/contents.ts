import type { CompanyRow, PieceList } from '../../shared/domain/completeness';
import type { Answer } from '../../shared/domain/consultation';
import { parisDay } from '../../shared/domain/days';
import type { StoredDocument } from '../../shared/domain/document';
import type { Dossier, DossierCompany } from '../../shared/domain/dossier';
import type { SuppliedFile } from '../../shared/domain/supplied-file';
import { DEFAULT_SOON_DAYS, type Moment, type Validity, validityOfDocument } from '../../shared/domain/validity';
import { isPartiallyDiffused } from '../../shared/reading';

/** A sealed file, opened when its turn comes. */
export interface KeptFile<T> {
  readonly about: T;
  /** Null: the file has disappeared from the workstation, or its key has. */
  readonly open: (() => AsyncIterable<Buffer>) | null;
}

export interface ExportedDocument extends KeptFile<StoredDocument> {
  readonly validity: Validity;
}

export interface ExportedCompany {
  readonly company: DossierCompany;
  readonly isPartiallyDiffused: boolean;
  readonly documents: readonly ExportedDocument[];
  readonly supplied: readonly KeptFile<SuppliedFile>[];
  readonly answers: readonly Answer[];
}

/** Everything that one agent may take out of one dossier, as it stood at one moment. */
export interface DossierContents {
  readonly dossier: Dossier;
  readonly habilitation: { readonly title: string; readonly environment: string };
  readonly author: string;
  readonly workstation: string;
  /** Milliseconds since the Unix epoch. */
  readonly generatedAt: number;
  readonly journalHead: { readonly seq: number; readonly hash: string };
  /** Line of the journal, by request id or, for what was supplied, by SHA-256. */
  readonly journalLineOf: (reference: string | null) => number | null;
  readonly grid: { readonly list: PieceList; readonly rows: readonly CompanyRow[] } | null;
  readonly companies: readonly ExportedCompany[];
}

/** What the contents are read from, already restricted to what the agent may read. */
export interface CompanySources {
  readonly documents: readonly KeptFile<StoredDocument>[];
  readonly supplied: readonly KeptFile<SuppliedFile>[];
  /** Newest of each endpoint. */
  readonly answers: readonly Answer[];
}

export function exportedCompany(company: DossierCompany, sources: CompanySources, moment: Pick<Moment, 'deadline'> & { readonly now: number }): ExportedCompany {
  const { documents, supplied, answers } = sources;
  const judged = { today: parisDay(moment.now), deadline: moment.deadline, soonDays: DEFAULT_SOON_DAYS };
  return {
    ...{ company, supplied, answers },
    isPartiallyDiffused: answers.some(({ data }) => isPartiallyDiffused(data)),
    documents: documents.map((document) => {
      const answer = answers.find(({ consultationId }) => consultationId === document.about.consultationId);
      return { ...document, validity: validityOfDocument(document.about, answer, judged) };
    }),
  };
}
