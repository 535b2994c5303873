import type { Dossier } from '../../shared/domain/dossier';
import { printable } from '../files/pdf-table';

const MARGIN = 64;

export type LetterFormat = 'txt' | 'pdf';

export interface Letter {
  readonly dossier: Pick<Dossier, 'title'>;
  readonly format: LetterFormat;
  readonly text: string;
}

/** The bytes of a letter: text for a mail or a text processor, or a page ready to be sent. */
export async function* letterChunks({ dossier, format, text }: Letter): AsyncGenerator<Buffer> {
  if (format === 'txt') {
    // Windows reads accents rightly when the mark is there, and shows every line break.
    yield Buffer.from(`\uFEFF${text.replace(/\r?\n/g, '\r\n')}\r\n`, 'utf8');
    return;
  }
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({ size: 'A4', margin: MARGIN, info: { Title: dossier.title } });
  document.font('Helvetica').fontSize(11).text(printable(text), { lineGap: 3 });
  document.end();
  for await (const chunk of document) yield chunk as Buffer;
}
