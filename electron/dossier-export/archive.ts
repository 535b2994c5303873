import { type Archive, type ArchiveControl, bufferFile, zipChunks } from '../files/zip';
import { planArchive } from './archive-plan';
import type { DossierContents } from './contents';
import { manifestOf } from './json';
import { summaryPdf } from './summary-pdf';

/** A ZIP written as it is read: one file is open at a time, and memory does not grow with the dossier. */
export async function openArchive(contents: DossierContents, control: ArchiveControl): Promise<Archive> {
  const plan = planArchive(contents);
  const kept = plan.flatMap(({ files }) => files.map(({ file }) => file));
  const at = contents.generatedAt;
  const manifest = bufferFile('manifest.json', Buffer.from(`${JSON.stringify(manifestOf(contents, plan), null, 2)}\n`), at);
  const summary = bufferFile('recapitulatif.pdf', await summaryPdf(contents, plan), at);
  const files = [summary, manifest, ...kept];
  const sums = bufferFile('SHA256SUMS', Buffer.from(files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('')), at);
  return { fileCount: files.length + 1, chunks: zipChunks([...files, sums], control) };
}
