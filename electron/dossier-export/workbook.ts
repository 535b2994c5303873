import { type CompanyRow, type PieceList, procedureLabels } from '../../shared/domain/completeness';
import { validityWord } from '../../shared/domain/validity';
import { parisWallClock } from '../files/wall-clock';
import { xlsxChunks, type Sheet, type SheetColumn } from '../files/xlsx';
import type { DossierContents, ExportedCompany } from './contents';

const text = (title: string, width: number): SheetColumn => ({ title, kind: 'text', width });
const PARTIAL = 'Diffusion partielle : ne pas rediffuser le nom ni l’adresse';

/** Two sheets: the grid of states, a row a company; then each piece with its reason, its dates and its source. */
export function workbookChunks(contents: DossierContents): AsyncIterable<Buffer> {
  return xlsxChunks([...(contents.grid ? [gridSheet(contents, contents.grid), piecesSheet(contents, contents.grid)] : []), documentsSheet(contents)]);
}

type Grid = NonNullable<DossierContents['grid']>;

function gridSheet(contents: DossierContents, { list, rows }: Grid): Sheet {
  const columns = [text('SIREN ou RNA', 14), text('Entreprise', 36), text('Diffusion', 18), ...list.pieces.map(({ label }) => text(label, 24))];
  const cells = rows.map((row) => [row.identifier, row.name, diffusionOf(contents, row), ...list.pieces.map(({ id }) => stateIn(row, id))]);
  return { name: 'Grille', columns, rows: [cells], rowCount: cells.length };
}

function stateIn({ cells }: CompanyRow, pieceId: string): string | null {
  const found = cells.find((cell) => cell.pieceId === pieceId);
  return found ? validityWord(found.validity) : null;
}

function diffusionOf({ companies }: DossierContents, { identifier }: Pick<CompanyRow, 'identifier'>): string | null {
  return companies.find(({ company }) => company.identifier === identifier)?.isPartiallyDiffused ? PARTIAL : null;
}

const needs: Readonly<Record<PieceList['pieces'][number]['need'], string>> = { indispensable: 'Indispensable', useful: 'Utile' };

function piecesSheet(contents: DossierContents, { list, rows }: Grid): Sheet {
  const columns: readonly SheetColumn[] = [
    ...[text('SIREN ou RNA', 14), text('Entreprise', 36), text('Diffusion', 18), text('Pièce', 34), text('Besoin', 14), text('État', 16)],
    { title: 'Tient jusqu’au', kind: 'day', width: 14 },
    { title: 'Connue le', kind: 'instant', width: 20 },
    ...[text('Motif', 60), text('Texte qui la demande', 60), text('Procédure', 28)],
  ];
  const cells = rows.flatMap((row) =>
    list.pieces.map((piece) => {
      const validity = row.cells.find(({ pieceId }) => pieceId === piece.id)?.validity;
      const judged = validity ? [validityWord(validity), validity.holdsUntil, validity.knownAt && parisWallClock(validity.knownAt), validity.reason] : [null, null, null, null];
      return [row.identifier, row.name, diffusionOf(contents, row), piece.label, needs[piece.need], ...judged, piece.source, procedureLabels[list.procedure]];
    }),
  );
  return { name: 'Pièces', columns, rows: [cells], rowCount: cells.length };
}

function documentsSheet(contents: DossierContents): Sheet {
  const columns: readonly SheetColumn[] = [
    ...[text('SIREN ou RNA', 14), text('Entreprise', 36), text('Diffusion', 18), text('Document', 40), text('Origine', 26)],
    { title: 'Obtenu le', kind: 'instant', width: 20 },
    { title: 'Date du document', kind: 'day', width: 16 },
    { title: 'Tient jusqu’au', kind: 'day', width: 14 },
    { title: 'Octets', kind: 'integer', width: 12 },
    ...[text('Identifiant de requête', 38)],
    { title: 'Ligne de l’historique', kind: 'integer', width: 12 },
    text('Empreinte SHA-256', 66),
  ];
  const cells = contents.companies.flatMap((exported) => [...documentRows(contents, exported), ...suppliedRows(contents, exported)]);
  return { name: 'Documents', columns, rows: [cells], rowCount: cells.length };
}

function companyCells({ company, isPartiallyDiffused }: ExportedCompany) {
  return [company.identifier, company.name, isPartiallyDiffused ? PARTIAL : null];
}

function documentRows({ journalLineOf }: DossierContents, exported: ExportedCompany) {
  return exported.documents.map(({ about, validity }) => [
    ...companyCells(exported),
    ...[about.label, about.provider, parisWallClock(about.fetchedAt), about.documentDate, validity.holdsUntil ?? about.validUntil],
    ...[about.byteLength, about.requestId, journalLineOf(about.requestId), about.sha256],
  ]);
}

function suppliedRows({ journalLineOf }: DossierContents, exported: ExportedCompany) {
  return exported.supplied.map(({ about }) => [
    ...companyCells(exported),
    ...[about.originalName, 'Fourni par la structure', parisWallClock(about.addedAt), null, null],
    ...[about.byteLength, null, journalLineOf(about.sha256), about.sha256],
  ]);
}
