import { basename } from 'node:path';

import type { ExportFormat, JournalFilter } from '../../shared/domain/journal';
import { describeFilter, type FilterNames, linesText, othersText } from './filter-words';
import type { LineOwner } from './search';

const formatNames: Readonly<Record<ExportFormat, string>> = { csv: 'CSV', xlsx: 'XLSX', jsonl: 'JSON Lines', pdf: 'PDF' };

/** What the journal must be able to say of a file of its own lines. */
export interface ExportAccount {
  readonly format: ExportFormat;
  readonly path: string;
  readonly filter: JournalFilter;
  readonly names: FilterNames;
  readonly lineCount: number;
  /** Those whose lines leave, but for who takes them out. */
  readonly others: readonly LineOwner[];
  /** Request ids asked about that no line carries; absent when the file answers no audit. */
  readonly unknownCount?: number | undefined;
}

/** The sentences of an export: the name of its file and never its folder, which may say more than is asked. */
export const exportWords = {
  subject: (account: ExportAccount) => `${subjectOf(account)}, ${fileOf(account)}`,
  begun: (account: ExportAccount) => `${subjectOf(account)} commencé\u00a0: ${countsOf(account)} vers ${fileOf(account)}.${whatOf(account)}`,
  made: (account: ExportAccount, sha256: string) => `${subjectOf(account)} terminé\u00a0: ${countsOf(account)} dans ${fileOf(account)}.${whatOf(account)} Empreinte SHA-256 du fichier\u00a0: ${sha256}.`,
  /** @param why in a sentence; null when somebody stopped it. */
  missed: (account: ExportAccount, why: string | null) =>
    `${subjectOf(account)} ${why === null ? 'annulé' : 'manqué'}\u00a0: ${fileOf(account)} n’est pas sorti.${why === null ? '' : ` ${why}`}${whatOf(account)}`,
};

function subjectOf({ format, unknownCount }: ExportAccount): string {
  return `Export ${formatNames[format]}${unknownCount === undefined ? '' : ' de la réponse à un contrôle'}`;
}

function countsOf({ lineCount, unknownCount = 0 }: ExportAccount): string {
  const unknown = unknownCount === 0 ? '' : ` et ${unknownCount.toLocaleString('fr-FR')}\u00a0identifiant${unknownCount > 1 ? 's inconnus' : ' inconnu'}`;
  return linesText(lineCount) + unknown;
}

function fileOf({ path }: ExportAccount): string {
  return `«\u00a0${basename(path)}\u00a0»`;
}

function whatOf({ others, filter, names }: ExportAccount): string {
  return `${others.length === 0 ? '' : ` ${othersText(others)}.`} Filtre\u00a0: ${describeFilter(filter, names)}.`;
}
