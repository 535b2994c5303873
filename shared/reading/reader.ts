import type { Composite } from './composites';
import type { EnumName } from './enums';
import type { Format } from './formats';
import type { PeriodSpec } from './periods';

export const SECTIONS = ['identity', 'people', 'finance', 'social', 'certifications', 'associations', 'other'] as const;
export type SectionId = (typeof SECTIONS)[number];

export const sectionLabels: Readonly<Record<SectionId, string>> = {
  identity: 'Identité et établissements',
  people: 'Dirigeants et bénéficiaires',
  finance: 'Finances',
  social: 'Social et fiscal',
  certifications: 'Certifications',
  associations: 'Associations',
  other: 'Divers',
};

/** One value of an answer: its name for an agent, where it is, how it is written. */
export interface FieldSpec {
  readonly label: string;
  /** Path from the root of the body (`data/siren`), or from the row of a table. */
  readonly at: string;
  readonly as?: Format;
  /** The path leads to an object whose fields are written as one. */
  readonly compose?: Composite;
  /** Keys beside it that say the same in another form (a date and its timestamp). */
  readonly also?: readonly string[];
  /** Shown large: what an agent decides on. */
  readonly fact?: true;
  /** Names the row, even where another table has told it. */
  readonly namesRow?: true;
}

export interface TableSpec {
  readonly title: string;
  /** Path of the rows, `*` for every item: `data/actes/*`. */
  readonly rows: string;
  readonly columns: readonly FieldSpec[];
  /** Most recent first, whatever the order of the answer. */
  readonly order?: PeriodSpec;
  /** Periods missing between two rows have a line: columns of the period, and the one that says « non communiqué ». */
  readonly absent?: { readonly period: readonly [string, string]; readonly silent: string };
}

/** One series per value of the column `kind`, in words. */
export interface KindSeries {
  readonly kind: string;
  readonly as: EnumName;
  /** Where the row does not tell its kind. */
  readonly unnamed: string;
  /** Path of the number. */
  readonly at: string;
}

export interface ChartSpec {
  readonly title: string;
  readonly rows: string;
  /** What is under the bar; a row without a period that can be read stays in its table. */
  readonly period: PeriodSpec;
  readonly series: readonly { readonly label: string; readonly at: string }[] | KindSeries;
  readonly unit: 'euros' | 'people' | 'none';
}

export type OutcomeTone = 'good' | 'neutral' | 'warning' | 'bad';

/** What an attestation or a conformity answer means, in one word and one sentence. */
export interface Outcome {
  readonly word: string;
  readonly tone: OutcomeTone;
  readonly sentence: string;
}

export interface VerdictSpec {
  readonly at: string;
  /** By value, as text. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
}

/** How the answers of one resource are read, whatever the version: data, not code. */
export interface EndpointReader {
  readonly section: SectionId;
  readonly fields?: readonly FieldSpec[];
  readonly tables?: readonly TableSpec[];
  readonly charts?: readonly ChartSpec[];
  readonly verdict?: VerdictSpec;
  /** The answer is worth its document: without one, it says « pas de document ». */
  readonly attestation?: true;
}
