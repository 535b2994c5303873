import { securityCode } from '../answers/attestations';
import { lastDayOfPreviousMonth, monthsLater } from '../answers/dates';
import type { SandboxCompany } from '../companies/types';
import type { DocumentRequest } from '../server/route';
import { accountsPages } from './accounts-pages';
import { buildArchive } from './archive';
import { type BuiltDocument, type DocumentKind, documentKinds } from './document-kind';
import { drawPdf, type Pdf } from './pdf-page';

/** Builds documents when first asked for, and keeps them. */
export class DocumentFactory {
  private readonly built = new Map<string, Promise<BuiltDocument>>();

  build(request: DocumentRequest): Promise<BuiltDocument> {
    const key = `${request.kind} ${request.company.name} ${request.variant}`;
    const kept = this.built.get(key);
    if (kept) return kept;
    const building = this.buildFile(request);
    this.built.set(key, building);
    return building;
  }

  private buildFile({ kind, company, variant }: DocumentRequest): Promise<BuiltDocument> {
    if (kind === 'archive_actes' || kind === 'archive_bilans') return buildArchive(kind, company, (request) => this.build(request));
    return buildPdf(kind, company, variant);
  }
}

async function buildPdf(kind: DocumentKind, company: SandboxCompany, variant: string): Promise<BuiltDocument> {
  const { title, provider } = documentKinds[kind];
  const drawnAt = new Date(`${/^\d{4}-\d{2}-\d{2}$/.test(variant) ? variant : company.createdOn}T00:00:00Z`);
  const bytes = await drawPdf(`${title} — ${company.name}`, drawnAt, (pdf) => {
    drawHeading(pdf, provider, title, company);
    if (kind === 'bilan') accountsPages(pdf, company, variant);
    else drawBody(pdf, kind, company, variant);
  });
  return { bytes, contentType: 'application/pdf', fileName: `${kind}-${company.siren ?? company.rna ?? 'inconnu'}.pdf` };
}

function drawHeading(pdf: Pdf, provider: string, title: string, company: SandboxCompany): void {
  pdf.font('Helvetica').fontSize(10).text(provider);
  pdf.moveDown(2).font('Helvetica-Bold').fontSize(18).text(title);
  pdf.moveDown().font('Helvetica').fontSize(11);
  const address = company.establishments[0]?.address;
  pdf.text(company.name);
  if (company.siren) pdf.text(`SIREN : ${company.siren}`);
  if (company.rna) pdf.text(`RNA : ${company.rna}`);
  if (address) pdf.text(`${address.number} ${address.wayType} ${address.wayName}, ${address.postcode} ${address.commune}`);
  pdf.moveDown();
}

const sentences: Readonly<Record<Exclude<DocumentKind, 'bilan'>, string>> = {
  attestation_fiscale: "L'entreprise a déposé ses déclarations et payé l'impôt sur les sociétés et la TVA exigibles.",
  attestation_vigilance: "L'entreprise est à jour de ses cotisations et contributions sociales.",
  acte: 'Acte déposé au registre et conservé par le greffe.',
  extrait_rne: "L'entreprise est immatriculée au registre national des entreprises.",
  certificat_cibtp: "L'entreprise est à jour de ses cotisations de congés payés et de chômage intempéries.",
  certificat_cnetp: "L'entreprise est à jour de ses cotisations de congés payés et de chômage intempéries.",
  attestation_probtp: "L'entreprise est à jour de ses cotisations de retraite complémentaire.",
  carte_fntp: "L'entreprise est titulaire de la carte professionnelle de travaux publics.",
  certificat_qualibat: "L'entreprise est titulaire des qualifications ci-dessous.",
  certificat_qualifelec: "L'entreprise est titulaire des qualifications ci-dessous.",
  certificat_rge: "L'entreprise est reconnue garante de l'environnement.",
  document_association: "Document déposé par l'association auprès du greffe des associations.",
};

/** What attestations say of their own dates, as their answers do. */
const datedLines: Partial<Record<DocumentKind, (issuedOn: string) => readonly string[]>> = {
  attestation_fiscale: (issuedOn) => [`Délivrée le ${frenchDay(issuedOn)}`, `Situation arrêtée au ${frenchDay(lastDayOfPreviousMonth(issuedOn))}`],
  attestation_vigilance: (issuedOn) => [`Délivrée le ${frenchDay(issuedOn)}`, `Valable jusqu'au ${frenchDay(monthsLater(issuedOn, 6))}`],
};

function frenchDay(day: string): string {
  return day.split('-').reverse().join('/');
}

function drawBody(pdf: Pdf, kind: Exclude<DocumentKind, 'bilan'>, company: SandboxCompany, variant: string): void {
  pdf.text(sentences[kind]);
  pdf.moveDown().text(`Référence du document : ${variant}`);
  for (const line of datedLines[kind]?.(variant) ?? []) pdf.text(line);
  if (kind === 'attestation_vigilance') pdf.moveDown().font('Helvetica-Bold').text(`Code de sécurité : ${securityCode(company)}`);
  pdf.moveDown().font('Helvetica').text("Document d'entraînement, sans valeur : l'entreprise et les données sont inventées.");
}
