import PDFDocument from 'pdfkit';

const MARGIN = 56;
const WATERMARK = 'SPÉCIMEN — BAC À SABLE';

export type Pdf = PDFKit.PDFDocument;

/** Draws a PDF whose every page bears the watermark; the same content gives the same bytes. */
export function drawPdf(title: string, createdAt: Date, draw: (pdf: Pdf) => void): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    autoFirstPage: false,
    info: { Title: title, Author: 'Bac à sable', Producer: 'Instruire', CreationDate: createdAt, ModDate: createdAt },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  pdf.on('pageAdded', () => drawWatermark(pdf));
  pdf.addPage();
  draw(pdf);
  pdf.end();
  return finished;
}

function drawWatermark(pdf: Pdf): void {
  const { width, height } = pdf.page;
  pdf.save();
  pdf.rotate(-45, { origin: [width / 2, height / 2] });
  pdf.font('Helvetica-Bold').fontSize(40).fillColor('#c9191e').fillOpacity(0.18);
  pdf.text(WATERMARK, width / 2 - 300, height / 2 - 20, { width: 600, align: 'center', lineBreak: false });
  pdf.restore();
  pdf.font('Helvetica').fontSize(10).fillColor('black').fillOpacity(1);
  pdf.x = MARGIN;
  pdf.y = MARGIN;
}

/** A two-or-more-column table; amounts are already in words. */
export function drawTable(pdf: Pdf, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const columnWidth = (pdf.page.width - 2 * MARGIN) / header.length;
  const drawRow = (cells: readonly string[], font: string): void => {
    const top = pdf.y;
    pdf.font(font).fontSize(9);
    cells.forEach((cell, column) => {
      pdf.text(cell, MARGIN + column * columnWidth, top, { width: columnWidth, align: column === 0 ? 'left' : 'right' });
    });
    pdf.x = MARGIN;
    pdf.y = top + 18;
    pdf.moveTo(MARGIN, pdf.y - 5).lineTo(pdf.page.width - MARGIN, pdf.y - 5).lineWidth(0.5).stroke('#999999');
  };
  drawRow(header, 'Helvetica-Bold');
  for (const row of rows) drawRow(row, 'Helvetica');
}
