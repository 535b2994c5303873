import { deflateSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ContentInspector } from '../../electron/documents/content-check';
import { createReadPdfText, type ReadPdfText } from '../../electron/genuineness/pdf-text';
import { bundleWorkers, removeWorkers, workerBundle } from '../support/host';

const ONE_MB = 1024 * 1024;

function verdictOf(bytes: Buffer, cut = bytes.length || 1) {
  const inspector = new ContentInspector();
  for (let start = 0; start < bytes.length; start += cut) inspector.watch(bytes.subarray(start, start + cut));
  return inspector.conclude().verdict;
}

const pdf = (...body: readonly (string | Buffer)[]): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), ...body.map((part) => Buffer.from(part)), Buffer.from('\n%%EOF\n')]);

function objectStream(content: string | Buffer, type = '/ObjStm'): Buffer {
  const compressed = deflateSync(content);
  return Buffer.concat([Buffer.from(`1 0 obj\n<< /Type ${type} /N 1 /First 4 /Filter /FlateDecode /Length ${compressed.length} >>\nstream\n`), compressed, Buffer.from('\nendstream\nendobj\n')]);
}

const launch = '<< /S /Launch /F (calc.exe) >>';
const harmless = { mediaType: 'application/pdf', warnings: [] };

describe('a hostile PDF, looked through as it arrives', () => {
  it.each([['in one piece', undefined], ['in pieces', 16 * 1024]] as const)('of many object streams costs no more than its length (%s)', (_name, cut) => {
    const streams = Array.from({ length: 500 }, (_, index) => objectStream(`<< /Type /Page /Number ${index} >>`));
    expect(verdictOf(pdf(...streams), cut)).toEqual(harmless);
    expect(verdictOf(pdf(...streams, objectStream(launch)), cut)).toEqual({ problem: 'launches_program' });
  });

  it('does not fill the memory with what its streams inflate to', () => {
    const bomb = objectStream(Buffer.alloc(64 * ONE_MB));
    const before = process.memoryUsage().rss;
    expect(verdictOf(pdf(bomb, bomb, bomb))).toEqual({ problem: 'oversized_part' });
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * ONE_MB);
  });

  it.each<[string, Buffer]>([
    ['whose object stream is named with escaped letters', pdf(objectStream(launch, '/Obj#53tm'))],
    ['whose action is named with escaped letters', pdf('<< /S /#4c#61#75#6e#63#68 >>')],
    ['whose object stream never ends', pdf(objectStream(launch).subarray(0, -20))],
    ['whose object streams stand one in the other', pdf('1 0 obj << /Type /ObjStm >>\nstream\n', objectStream(launch))],
  ])('%s is seen through', (_name, bytes) => {
    expect(verdictOf(bytes)).toEqual({ problem: 'launches_program' });
    expect(verdictOf(bytes, 7)).toEqual({ problem: 'launches_program' });
  });

  it.each<[string, Buffer]>([
    ['a page with a script', Buffer.from('<!doctype html><script>alert(1)</script><!-- %PDF-1.7 %%EOF -->')],
    ['a drawing with a script', Buffer.from('\ufeff  <svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><!-- %PDF-1.7 %%EOF --></svg>')],
    ['a page under an XML heading', Buffer.from('<?xml version="1.0"?><html><!-- %PDF-1.7 %%EOF --></html>')],
    ['a Windows program', Buffer.from('MZ\u0090\u0000\u0003 %PDF-1.7 %%EOF', 'latin1')],
    ['a Linux program', Buffer.from('\u007fELF\u0002\u0001 %PDF-1.7 %%EOF', 'latin1')],
    ['a script of a shell', Buffer.from('#!/bin/sh\nrm -rf ~\n# %PDF-1.7 %%EOF')],
    ['plain words', Buffer.from('bonjour')],
  ])('%s disguised as a PDF is no document', (_name, bytes) => {
    expect(verdictOf(bytes)).toEqual({ problem: 'not_a_document' });
  });

  it('may still begin with a few bytes of noise', () => {
    expect(verdictOf(Buffer.concat([Buffer.from('\r\n\u0000'), pdf('')]))).toEqual(harmless);
  });
});

describe('a hostile PDF, read for its text', () => {
  let read: ReadPdfText;
  beforeAll(async () => {
    await bundleWorkers();
    read = createReadPdfText(workerBundle('pdf-text-worker'));
  }, 60_000);
  afterAll(removeWorkers);

  const object = (number: number, body: string): string => `${number} 0 obj\n${body}\nendobj\n`;
  const catalog = object(1, '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(true){}) >> >>');
  const trailer = 'trailer << /Root 1 0 R /Size 9 >>\nstartxref\n999999999\n';

  it.each<[string, Buffer]>([
    ['whose table of objects lies', pdf(catalog, object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'), object(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>'), trailer)],
    ['whose pages are their own children', pdf(catalog, object(2, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>'), trailer)],
    ['that says it has a billion pages', pdf(catalog, object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>'), object(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>'), trailer)],
    ['nested without end', pdf(catalog, object(2, '['.repeat(200_000)), trailer)],
    ['of one picture of a billion points', pdf(catalog, object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'), object(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>'), object(4, '<< /Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Length 3 >>\nstream\nabc\nendstream'), object(5, '<< /Length 5 >>\nstream\n/I Do\nendstream'), trailer)],
    ['cut in the middle', pdf(catalog, object(2, '<< /Type /Pages')).subarray(0, 120)],
    ['that holds nothing but its name', Buffer.from('%PDF-1.7')],
  ])('%s ends, and says nothing', async (_name, bytes) => {
    const { state, text } = await read(bytes);
    expect(['unreadable', 'image']).toContain(state);
    expect(text.trim()).toBe('');
  });

  it('is left when it takes too long', async () => {
    const endless = deflateSync(Buffer.alloc(60 * ONE_MB, '(a) Tj '));
    const page = object(3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Contents 4 0 R >>');
    const content = Buffer.concat([Buffer.from(`4 0 obj\n<< /Filter /FlateDecode /Length ${endless.length} >>\nstream\n`), endless, Buffer.from('\nendstream\nendobj\n')]);
    const impatient = createReadPdfText(workerBundle('pdf-text-worker'), { timeoutMs: 200, maxPages: 20, maxCharacters: 1_000, maxHeapMb: 128 });
    expect(await impatient(pdf(catalog, object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'), page, content, trailer))).toEqual({ state: 'unreadable', text: '' });
  });
});

describe('an archive', () => {
  const entry = (name: string): Buffer => {
    const bytes = Buffer.from(name);
    const head = Buffer.alloc(46);
    head.writeUInt32BE(0x504b0102, 0);
    head.writeUInt16LE(bytes.length, 28);
    return Buffer.concat([head, bytes]);
  };
  const zip = (...names: readonly string[]): Buffer => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), ...names.map(entry), Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)]);

  it.each(['acte.exe.', 'acte.exe ', 'acte.EXE\u0000.pdf', 'acte.pdf.scr', 'a/b/acte.lnk', 'acte\u202efdp.exe'])('that holds the program %j is refused', (name) => {
    expect(verdictOf(zip('acte-1.pdf', name))).toEqual({ problem: 'program_in_archive' });
  });

  it('that holds a program among thousands of names is refused', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `actes/acte-numero-${index}.pdf`);
    expect(verdictOf(zip('programme.exe', ...names))).toEqual({ problem: 'program_in_archive' });
    expect(verdictOf(zip(...names))).toEqual({ mediaType: 'application/zip', warnings: [] });
  });

  it.each(['../../.bashrc', '..\\..\\demarrage.pdf', '/etc/cron.d/acte.pdf', 'C:\\Windows\\acte.pdf', 'a/../../acte.pdf'])('that would write outside of its folder (%j) is refused', (name) => {
    expect(verdictOf(zip('acte-1.pdf', name))).toEqual({ problem: 'leaves_its_folder' });
  });
});
