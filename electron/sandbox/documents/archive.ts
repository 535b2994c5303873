import { buffer } from 'node:stream/consumers';

import { ZipFile } from 'yazl';

import { acts } from '../answers/inpi';
import type { SandboxCompany } from '../companies/types';
import type { DocumentRequest } from '../server/route';
import type { ArchiveKind, BuiltDocument, DocumentKind } from './document-kind';

/** Same bytes at every start: ZIP entries bear a date. */
const ENTRY_DATE = new Date('2021-06-01T00:00:00Z');

interface Entry {
  readonly kind: DocumentKind;
  /** Day of the document. */
  readonly variant: string;
}

const entriesOf: Readonly<Record<ArchiveKind, (company: SandboxCompany) => readonly Entry[]>> = {
  archive_actes: (company) => acts(company).map(({ date }) => ({ kind: 'acte', variant: date })),
  archive_bilans: ({ years }) => years.map(({ closedOn }) => ({ kind: 'bilan', variant: closedOn })),
};

/** A ZIP of PDFs, each beside an XML file that describes it. */
export async function buildArchive(
  kind: ArchiveKind,
  company: SandboxCompany,
  buildOne: (request: DocumentRequest) => Promise<BuiltDocument>,
): Promise<BuiltDocument> {
  const zip = new ZipFile();
  for (const entry of entriesOf[kind](company)) {
    const name = `${entry.kind}-${entry.variant}`;
    const { bytes } = await buildOne({ ...entry, company });
    zip.addBuffer(bytes, `${name}.pdf`, { mtime: ENTRY_DATE });
    zip.addBuffer(Buffer.from(description(entry, company)), `${name}.xml`, { mtime: ENTRY_DATE });
  }
  zip.end();
  const bytes = await buffer(zip.outputStream as unknown as AsyncIterable<Buffer>);
  return { bytes, contentType: 'application/zip', fileName: `${kind}-${company.siren ?? ''}.zip` };
}

function description({ kind, variant }: Entry, { name, siren }: SandboxCompany): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<document type="${kind}">`,
    `  <siren>${siren ?? ''}</siren>`,
    `  <denomination>${escaped(name)}</denomination>`,
    `  <date>${variant}</date>`,
    '</document>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
