import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

import type { PrintedPages } from '../../../shared/domain/printed-pages';
import { callMain } from '../../app/bridge';
import { fitCanvas } from './page-viewport';

/** At once: more pictures of pages would fill the memory. */
export const MOST_PRINTED_PAGES = 150;

const PRINT_DPI = 150;
const PDF_DPI = 72;

/** Pictures of the pages, as they are to be printed. */
export type Pictures = readonly Blob[];

/** Pages from 1, both included; {@link MOST_PRINTED_PAGES} at most. */
export type PageRange = Pick<PrintedPages, 'from' | 'to'>;

/** Draws each page of the range for paper; stops between two pages when aborted. */
export async function picturesOfPdf(
  pdf: PDFDocumentProxy,
  { from, to }: PageRange,
  rotation: number,
  onPage: (done: number) => void,
  signal: AbortSignal,
): Promise<Pictures> {
  const pictures: Blob[] = [];
  const canvas = document.createElement('canvas');
  for (let number = from; number <= to; number += 1) {
    signal.throwIfAborted();
    const page = await pdf.getPage(number);
    const viewport = fitCanvas(canvas, page, PRINT_DPI / PDF_DPI, rotation);
    await page.render({ canvas, viewport, intent: 'print' }).promise;
    pictures.push(await pictureOf(canvas));
    onPage(number - from + 1);
  }
  return pictures;
}

function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the page could not be drawn'))), 'image/jpeg', 0.92));
}

/** Shows the pictures to the printer alone, while main traces the act and opens the system's dialog. */
export async function printPictures(documentId: string, pages: PrintedPages, pictures: Pictures): Promise<boolean> {
  const holder = document.createElement('div');
  holder.className = 'print-pages';
  const addresses = pictures.map((picture) => URL.createObjectURL(picture));
  try {
    for (const address of addresses) {
      const image = document.createElement('img');
      image.src = address;
      image.alt = '';
      holder.append(image);
      await image.decode();
    }
    document.body.append(holder);
    return (await callMain('documents.print', { id: documentId, pages })).isPrinted;
  } finally {
    holder.remove();
    for (const address of addresses) URL.revokeObjectURL(address);
  }
}
