import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createReadPdfText, PDF_TEXT_BOUNDS } from '../../../electron/genuineness/pdf-text';
import { drawPdf } from '../../../electron/sandbox/documents/pdf-page';
import { bundleWorkers, removeWorkers, workerBundle } from '../../support/host';

beforeAll(bundleWorkers);
afterAll(removeWorkers);

const day = new Date('2026-11-25T00:00:00Z');
const script = () => workerBundle('pdf-text-worker');

/** A PDF whose only page draws what `content` says, compressed. */
function pdfOf(content: Buffer, objects: readonly string[] = []): Buffer {
  const stream = deflateSync(content);
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>',
    ...objects,
  ];
  const head = parts.map((part, index) => `${index + 1} 0 obj\n${part}\nendobj\n`).join('');
  return Buffer.concat([
    Buffer.from(`%PDF-1.4\n${head}4 0 obj\n<< /Length ${stream.length} /Filter /FlateDecode >>\nstream\n`),
    stream,
    Buffer.from('\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n'),
  ]);
}

describe('the text of a PDF that nobody vouches for', () => {
  it('is read from its text layer', async () => {
    const bytes = await drawPdf('Attestation', day, (pdf) => void pdf.text('SIREN : 299 031 112').text('Valable jusqu’au 25/05/2027'));
    const { state, text } = await createReadPdfText(script())(bytes);
    expect(state).toBe('read');
    expect(text).toContain('299 031 112');
    expect(text).toContain('25/05/2027');
  });

  it('is absent from a scan', async () => {
    const { state } = await createReadPdfText(script())(pdfOf(Buffer.from('0 0 100 100 re f')));
    expect(state).toBe('image');
  });

  it('is given up when the file is noise, and the next file is read all the same', async () => {
    const read = createReadPdfText(script());
    expect((await read(Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(4_096), Buffer.from('\n%%EOF')]))).state).toBe('unreadable');
    const good = await drawPdf('Attestation', day, (pdf) => void pdf.text('lisible'));
    expect((await read(good)).state).toBe('read');
  });

  it('is given up when it takes too long', async () => {
    const operators = Buffer.from('BT /F1 12 Tf (a) Tj ET\n'.repeat(2_000_000));
    const read = createReadPdfText(script(), { ...PDF_TEXT_BOUNDS, timeoutMs: 500 });
    expect((await read(pdfOf(operators))).state).toBe('unreadable');
  });

  it('is given up when it takes too much memory, and the application goes on', async () => {
    const operators = Buffer.from('BT /F1 12 Tf (abcdefgh) Tj ET\n'.repeat(2_000_000));
    const read = createReadPdfText(script(), { ...PDF_TEXT_BOUNDS, maxHeapMb: 24 });
    expect((await read(pdfOf(operators))).state).toBe('unreadable');
  });
});
