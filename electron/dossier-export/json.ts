import { countsOf, procedureLabels } from '../../shared/domain/completeness';
import { validityWord } from '../../shared/domain/validity';
import type { PlannedCompany, PlannedFile } from './archive-plan';
import { companyData, companyHeading } from './company-data';
import type { DossierContents, ExportedCompany } from './contents';

/** What the dossier is, who took it out, and where the journal stood. */
function heading(contents: DossierContents) {
  const { dossier, habilitation, author, workstation, generatedAt, journalHead } = contents;
  const { id, title, useCase, context, recipient, object, deadline, state, tags, notes } = dossier;
  return {
    generatedAt: new Date(generatedAt).toISOString(),
    generatedBy: author,
    workstation,
    dossier: { id, title, useCase, context, recipient, object, deadline, state, tags, notes },
    habilitation,
    journalHead,
  };
}

function completeness({ grid }: DossierContents, identifier: string) {
  const row = grid?.rows.find((one) => one.identifier === identifier);
  return (row?.cells ?? []).map(({ pieceId, validity }) => {
    const { state, reason, holdsUntil } = validity;
    const piece = grid?.list.pieces.find(({ id }) => id === pieceId);
    return { piece: piece?.label ?? pieceId, need: piece?.need ?? null, state, stateLabel: validityWord(validity), reason, holdsUntil };
  });
}

function documentFacts({ journalLineOf }: DossierContents, { documents }: ExportedCompany, id: string | null) {
  const found = documents.find(({ about }) => about.id === id);
  if (!found) return {};
  const { about, validity } = found;
  return {
    label: about.label,
    provider: about.provider,
    endpointId: about.endpointId,
    requestId: about.requestId,
    journalLine: journalLineOf(about.requestId),
    fetchedAt: about.fetchedAt,
    documentDate: about.documentDate,
    validUntil: validity.holdsUntil ?? about.validUntil,
    validity: { state: validity.state, stateLabel: validityWord(validity), reason: validity.reason },
  };
}

function suppliedFacts({ journalLineOf }: DossierContents, { supplied }: ExportedCompany, id: string | null) {
  const found = supplied.find(({ about }) => about.id === id);
  if (!found) return {};
  const { originalName, addedAt, addedBy, sha256, kind } = found.about;
  return { label: originalName, provider: null, suppliedByCompany: true, recognisedAs: kind, addedAt, addedBy, journalLine: journalLineOf(sha256) };
}

function fileFacts(contents: DossierContents, exported: ExportedCompany, { file, kind, sourceId }: PlannedFile) {
  const facts = kind === 'document' ? documentFacts(contents, exported, sourceId) : suppliedFacts(contents, exported, sourceId);
  return { path: file.path, kind, sha256: file.sha256, byteLength: file.byteLength, ...facts };
}

/** `manifest.json`: every file of the archive, its digest, and where it comes from. */
export function manifestOf(contents: DossierContents, plan: readonly PlannedCompany[]) {
  return {
    format: 'instruire-dossier',
    version: 1,
    ...heading(contents),
    companies: plan.map(({ exported, folder, files, missing }) => ({
      ...companyHeading(exported),
      folder,
      completeness: completeness(contents, exported.company.identifier),
      files: files.map((file) => fileFacts(contents, exported, file)),
      missing,
    })),
  };
}

/** The whole dossier as data, without its documents; a company at a time. */
export async function* jsonChunks(contents: DossierContents): AsyncGenerator<string> {
  const { grid } = contents;
  const head = { format: 'instruire-dossier-data', version: 1, ...heading(contents), ...(grid ? { procedure: procedureLabels[grid.list.procedure], counts: countsOf(grid.list, grid.rows) } : {}) };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "companies": [`;
  for (const [index, exported] of contents.companies.entries()) {
    const documents = exported.documents.map(({ about }) => ({ fileName: about.fileName, sha256: about.sha256, byteLength: about.byteLength, ...documentFacts(contents, exported, about.id) }));
    const supplied = exported.supplied.map(({ about }) => ({ sha256: about.sha256, byteLength: about.byteLength, ...suppliedFacts(contents, exported, about.id) }));
    const company = { ...companyData(contents, exported), completeness: completeness(contents, exported.company.identifier), documents, supplied };
    yield await Promise.resolve(`${index === 0 ? '' : ','}\n${JSON.stringify(company, null, 2)}`);
  }
  yield '\n  ]\n}\n';
}
