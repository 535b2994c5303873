import { buffer } from 'node:stream/consumers';

import { findEndpoint } from '../../shared/catalogue';
import { countsOf, procedureLabels } from '../../shared/domain/completeness';
import { dayText } from '../../shared/domain/days';
import { formatIdentifier } from '../../shared/domain/identifiers';
import { useCaseLabels } from '../../shared/domain/use-case';
import { VALIDITY_RULES_NOTE, validityWord } from '../../shared/domain/validity';
import { PARTIAL_DIFFUSION } from '../../shared/reading';
import { instantText } from '../files/instant-text';
import { drawTable, drawTitle, PAGE_MARGIN as MARGIN, printable } from '../files/pdf-table';
import type { PlannedCompany } from './archive-plan';
import type { DossierContents } from './contents';

const GREY = '#555555';
type Pdf = PDFKit.PDFDocument;

/** `recapitulatif.pdf`: what was gathered, when, from where, why; what is missing; and where the journal stood. */
export async function summaryPdf(contents: DossierContents, plan: readonly PlannedCompany[]): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({ size: 'A4', margin: MARGIN, bufferPages: true, info: { Title: `Récapitulatif — ${contents.dossier.title}`, Producer: 'Instruire' } });
  const written = buffer(pdf);
  writeHeading(pdf, contents);
  writeGrid(pdf, contents);
  for (const company of plan) writeCompany(pdf, contents, company);
  writeProof(pdf, contents);
  writePageNumbers(pdf);
  pdf.end();
  return written;
}

function writeHeading(pdf: Pdf, { dossier, habilitation, author, workstation, generatedAt }: DossierContents): void {
  pdf.font('Helvetica-Bold').fontSize(16).text(printable(dossier.title));
  pdf.font('Helvetica').fontSize(9).fillColor(GREY).text(printable(`Récapitulatif établi le ${instantText(generatedAt)} par ${author}, sur le poste ${workstation}.`)).fillColor('black');
  pdf.moveDown();
  const facts = [
    ['Cas d’usage', useCaseLabels[dossier.useCase]],
    ['Contexte', dossier.context],
    ['Destinataire', formatIdentifier(dossier.recipient)],
    ['Objet', dossier.object],
    ['Échéance', dossier.deadline === null ? 'aucune' : dayText(dossier.deadline)],
    ['Habilitation', habilitation.title],
  ] as const;
  for (const [label, value] of facts) pdf.fontSize(10).font('Helvetica-Bold').text(printable(`${label} : `), { continued: true }).font('Helvetica').text(printable(value));
}

function writeGrid(pdf: Pdf, { grid }: DossierContents): void {
  if (!grid || grid.rows.length === 0) return;
  const { held, missing, expiring } = countsOf(grid.list, grid.rows);
  drawTitle(pdf, `Complétude — ${procedureLabels[grid.list.procedure]}`);
  pdf.fontSize(9).text(printable(`Pièces présentes : ${held}. Indispensables manquantes : ${missing}. À renouveler bientôt : ${expiring}. Une pièce que l’API n’a pas donnée ne vaut pas non-conformité : elle se demande à la structure. ${VALIDITY_RULES_NOTE}`));
  for (const row of grid.rows) {
    subtitle(pdf, `${row.name} (${formatIdentifier(row.identifier)})`);
    const lines = row.cells.map(({ pieceId, validity }) => [grid.list.pieces.find(({ id }) => id === pieceId)?.label ?? pieceId, validityWord(validity), validity.reason]);
    drawTable(pdf, ['Pièce', 'État', 'Motif'], lines, [150, 80, 281]);
  }
}

function writeCompany(pdf: Pdf, { journalLineOf }: DossierContents, { exported, folder, files, missing }: PlannedCompany): void {
  const { company, documents, supplied, answers, isPartiallyDiffused } = exported;
  drawTitle(pdf, `${company.name} — ${formatIdentifier(company.siret ?? company.identifier)}`);
  pdf.fontSize(9).fillColor(GREY).text(printable(`Dossier ${folder} : ${counted(files.length, 'fichier')}, ${counted(answers.length, 'donnée')}.`)).fillColor('black');
  if (isPartiallyDiffused) pdf.font('Helvetica-Bold').text(printable(PARTIAL_DIFFUSION)).font('Helvetica');
  const line = (reference: string | null) => String(journalLineOf(reference) ?? '—');
  const rows = [
    ...documents.map(({ about, validity }) => [about.label, about.provider, instantText(Date.parse(about.fetchedAt)), `${validityWord(validity)}. ${validity.reason}`, line(about.requestId)]),
    ...supplied.map(({ about }) => [about.originalName, 'Fourni par la structure', instantText(Date.parse(about.addedAt)), 'Non vérifié à la source par ce document.', line(about.sha256)]),
  ];
  if (rows.length > 0) drawTable(pdf, ['Document', 'Source', 'Obtenu le', 'Validité', 'Ligne'], rows, [120, 90, 80, 185, 36]);
  const sources = answers.map(({ provider, endpointId, receivedAt, requestId }) => [provider, findEndpoint(endpointId)?.title ?? endpointId, instantText(Date.parse(receivedAt)), requestId ?? '—', line(requestId)]);
  if (sources.length > 0) drawTable(pdf, ['Fournisseur', 'Donnée', 'Reçue le', 'Requête', 'Ligne'], sources, [80, 145, 80, 170, 36]);
  for (const { label, sha256 } of missing) pdf.fontSize(9).text(printable(`Absent de l’archive : ${label} (empreinte ${sha256}). Le fichier a disparu du poste.`));
}

function writeProof(pdf: Pdf, { journalHead }: DossierContents): void {
  drawTitle(pdf, 'Historique des accès');
  pdf.fontSize(9).text(printable(`Tête de l’historique : ligne ${journalHead.seq}, empreinte ${journalHead.hash}.`));
  pdf.text(printable('Les colonnes « Ligne » renvoient à l’historique de ce poste. Les empreintes de tous les fichiers sont dans SHA256SUMS et dans manifest.json.'));
}

function writePageNumbers(pdf: Pdf): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    // Inside the margin, where a text would otherwise open a new page.
    pdf.page.margins.bottom = 0;
    pdf.font('Helvetica').fontSize(8).fillColor(GREY).text(`Page ${page - start + 1} sur ${count}`, MARGIN, pdf.page.height - 30, { width: pdf.page.width - 2 * MARGIN, align: 'right', lineBreak: false });
  }
}

function subtitle(pdf: Pdf, words: string): void {
  pdf.moveDown(0.6).font('Helvetica-Bold').fontSize(10).text(printable(words), MARGIN).moveDown(0.3).font('Helvetica');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count > 1 ? 's' : ''}`;
}
