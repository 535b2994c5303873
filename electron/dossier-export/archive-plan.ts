import { parisDay } from '../../shared/domain/days';
import { safePart } from '../documents';
import { type ArchiveFile, bufferFile, uniqueNames } from '../files/zip';
import { companyData } from './company-data';
import type { DossierContents, ExportedCompany, KeptFile } from './contents';

export interface PlannedFile {
  readonly file: ArchiveFile;
  readonly kind: 'document' | 'supplied' | 'data';
  /** Of the document or of the supplied file. */
  readonly sourceId: string | null;
}

export interface PlannedCompany {
  readonly exported: ExportedCompany;
  readonly folder: string;
  readonly files: readonly PlannedFile[];
  /** What is recorded but cannot be opened: named, never silently left out. */
  readonly missing: readonly { readonly label: string; readonly sha256: string }[];
}

const SUPPLIED_FOLDER = 'fournis_par_l_entreprise';

/** Where everything goes: one folder a company, names safe on every system, none twice. */
export function planArchive(contents: DossierContents): readonly PlannedCompany[] {
  const takeFolder = uniqueNames();
  return contents.companies.map((exported) => {
    const { identifier, name } = exported.company;
    const folder = takeFolder([identifier, name].map(safePart).filter((part) => part !== '').join('_') || 'entreprise');
    return { exported, folder, ...filesOf(contents, exported, folder) };
  });
}

function filesOf(contents: DossierContents, exported: ExportedCompany, folder: string): Pick<PlannedCompany, 'files' | 'missing'> {
  const take = uniqueNames();
  const takeSupplied = uniqueNames();
  const documents = exported.documents.map((document) => planned(document, 'document', `${folder}/${take(document.about.fileName)}`, Date.parse(document.about.fetchedAt)));
  const supplied = exported.supplied.map((file) =>
    planned(file, 'supplied', `${folder}/${SUPPLIED_FOLDER}/${takeSupplied(suppliedName(file.about))}`, Date.parse(file.about.addedAt)),
  );
  const data = bufferFile(`${folder}/${take('donnees.json')}`, Buffer.from(`${JSON.stringify(companyData(contents, exported), null, 2)}\n`), contents.generatedAt);
  return {
    files: [...[...documents, ...supplied].flatMap(({ entry }) => entry ?? []), { file: data, kind: 'data', sourceId: null }],
    missing: [...documents, ...supplied].flatMap(({ missing }) => missing ?? []),
  };
}

interface Kept {
  readonly id: string;
  readonly sha256: string;
  readonly byteLength: number;
}

function planned(kept: KeptFile<Kept & ({ readonly label: string } | { readonly originalName: string })>, kind: PlannedFile['kind'], path: string, at: number) {
  const { id, sha256, byteLength } = kept.about;
  const label = 'label' in kept.about ? kept.about.label : kept.about.originalName;
  if (!kept.open) return { missing: { label, sha256 } };
  const entry: PlannedFile = { file: { path, sha256, byteLength, at, open: kept.open, compress: false }, kind, sourceId: id };
  return { entry };
}

const extensions = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/** The company's own name for it, made safe; its true type decides the extension. */
function suppliedName({ originalName, mediaType, addedAt }: ExportedCompany['supplied'][number]['about']): string {
  const stem = safePart(originalName.replace(/\.[^.]*$/, '')) || 'document';
  return `${stem}_depose_${parisDay(Date.parse(addedAt))}.${extensions[mediaType]}`;
}
