/** A PDF of so many blank pages; readers find its objects by themselves. */
export function blankPdf(pageCount: number): string {
  const numbers = Array.from({ length: pageCount }, (_, rank) => rank + 3);
  return [
    '%PDF-1.7',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    `2 0 obj << /Type /Pages /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${pageCount} >> endobj`,
    ...numbers.map((number) => `${number} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 298 421] >> endobj`),
    `trailer << /Root 1 0 R /Size ${pageCount + 3} >>`,
    'startxref',
    '0',
    '%%EOF',
    '',
  ].join('\n');
}
