import { createHash } from 'node:crypto';

import { frenchDay, safePart } from '../documents';
import { companyData } from './company-data';
import type { DossierContents, ExportedCompany, KeptFile } from './contents';

/** One file of the archive; its bytes must give `sha256`, or the archive is not handed out. */
export interface ArchiveFile {
  readonly path: string;
  readonly sha256: string;
  readonly byteLength: number;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly open: () => AsyncIterable<Buffer>;
  /** Data compress well; PDF and images do not. */
  readonly compress: boolean;
}

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

export function bufferFile(path: string, bytes: Buffer, at: number): ArchiveFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, sha256, byteLength: bytes.length, at, open: () => oneChunk(bytes), compress: true };
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

const extensions = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;

/** The company's own name for it, made safe; its true type decides the extension. */
function suppliedName({ originalName, mediaType, addedAt }: ExportedCompany['supplied'][number]['about']): string {
  const stem = safePart(originalName.replace(/\.[^.]*$/, '')) || 'document';
  return `${stem}_depose_${frenchDay(Date.parse(addedAt))}.${extensions[mediaType]}`;
}

/** Gives each name once, without regard to case: the second becomes `nom_2.pdf`. */
function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const [, stem = name, extension = ''] = /^(.*?)(\.[^.]+)?$/.exec(name) ?? [];
    for (let rank = 1; ; rank += 1) {
      const candidate = rank === 1 ? name : `${stem}_${rank}${extension}`;
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  };
}
