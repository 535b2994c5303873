import { frenchSpaces } from '../../shared/domain/french-spaces';

type Pdf = PDFKit.PDFDocument;

export const PAGE_MARGIN = 42;
const PADDING = 3;
const LINE_COLOR = '#BBBBBB';

/**
 * A table that goes on over pages under the same headings. Widths in points.
 * The library's own tables clip what a substituted font draws a little higher: letters lost their tops.
 */
export function drawTable(pdf: Pdf, headings: readonly string[], rows: readonly (readonly string[])[], widths: readonly number[]): void {
  pdf.fontSize(8);
  const drawHeadings = () => drawRow(pdf, headings, widths, 'Helvetica-Bold');
  // Headings never stay alone at the bottom of a page.
  const first = heightOf(pdf, headings, widths) + (rows[0] ? heightOf(pdf, rows[0], widths) : 0);
  if (pdf.y + first > bottomOf(pdf)) pdf.addPage();
  drawHeadings();
  for (const row of rows) {
    if (pdf.y + heightOf(pdf, row, widths) > bottomOf(pdf)) {
      pdf.addPage();
      drawHeadings();
    }
    drawRow(pdf, row, widths, 'Helvetica');
  }
  pdf.x = PAGE_MARGIN;
  pdf.y += 8;
}

function bottomOf(pdf: Pdf): number {
  return pdf.page.height - PAGE_MARGIN;
}

function heightOf(pdf: Pdf, cells: readonly string[], widths: readonly number[]): number {
  return 2 * PADDING + Math.max(...cells.map((text, index) => pdf.heightOfString(printable(text), { width: innerWidth(widths, index) })));
}

function drawRow(pdf: Pdf, cells: readonly string[], widths: readonly number[], font: string): void {
  pdf.font(font);
  const height = heightOf(pdf, cells, widths);
  if (pdf.y + height > bottomOf(pdf)) pdf.addPage();
  const top = pdf.y;
  let left = PAGE_MARGIN;
  cells.forEach((text, index) => {
    const width = widths[index] ?? 0;
    pdf.rect(left, top, width, height).lineWidth(0.5).stroke(LINE_COLOR);
    pdf.text(printable(text), left + PADDING, top + PADDING, { width: innerWidth(widths, index) });
    left += width;
  });
  pdf.y = top + height;
}

function innerWidth(widths: readonly number[], index: number): number {
  return (widths[index] ?? 0) - 2 * PADDING;
}

/** A text as a page shows it: never cut before its punctuation; the standard fonts have no narrow no-break space. */
export function printable(text: string): string {
  return frenchSpaces(text).replace(/\u202f/g, '\u00a0');
}

/** The heading of a part. */
export function drawTitle(pdf: Pdf, words: string): void {
  pdf.moveDown().font('Helvetica-Bold').fontSize(12).text(printable(words), PAGE_MARGIN).moveDown(0.3).font('Helvetica');
}
