import { deflateSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ContentInspector } from '../../../electron/documents/content-check';

function verdictOf(bytes: Buffer, cut = 64 * 1024) {
  const inspector = new ContentInspector();
  for (let start = 0; start < bytes.length; start += cut) {
    const chunk = Buffer.from(bytes.subarray(start, start + cut));
    inspector.watch(chunk);
    // Its memory serves for something else then.
    chunk.fill(0);
  }
  return inspector.conclude().verdict;
}

const pdf = (body: string | Buffer): Buffer => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(body), Buffer.from('\n%%EOF\n')]);

function objectStream(content: string): Buffer {
  const compressed = deflateSync(Buffer.from(content));
  return Buffer.concat([Buffer.from(`1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${compressed.length} >>\nstream\n`), compressed, Buffer.from('\nendstream\nendobj\n')]);
}

describe('a PDF that acts', () => {
  it.each<[string, string | Buffer, object]>([
    ['starts a program', '<< /S /Launch /F (calc.exe) >>', { problem: 'launches_program' }],
    ['runs a script when it opens', '<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>', { problem: 'script_at_opening' }],
    ['hides its letters', '<< /S /L#61unch >>', { problem: 'launches_program' }],
    ['hides its first letter', '<< /S /#4Caunch >>', { problem: 'launches_program' }],
    ['hides behind a slash that hides', '<< /S /x#2FL#61unch >>', { problem: 'launches_program' }],
    ['hides in a compressed stream', objectStream('<< /OpenAction 5 0 R >> << /S /JavaScript >>'), { problem: 'script_at_opening' }],
    ['checks the fields of a form', '<< /AA << /K << /S /JavaScript >> >> >>', { mediaType: 'application/pdf', warnings: ['script'] }],
    ['carries its data beside', '<< /Type /EmbeddedFile >>', { mediaType: 'application/pdf', warnings: ['attachment'] }],
    ['opens on its first page', '<< /OpenAction [3 0 R /Fit] >>', { mediaType: 'application/pdf', warnings: [] }],
  ])('%s', (_name, body, verdict) => {
    expect(verdictOf(pdf(body))).toEqual(verdict);
  });

  it('is seen however the network cuts it', () => {
    const padding = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(padding, fc.integer({ min: 7, max: 500 }), fc.boolean(), (length, cut, isCompressed) => {
        const content = '<< /S /Launch /F (calc.exe) >>';
        const body = Buffer.concat([Buffer.alloc(length, ' '), isCompressed ? objectStream(content) : Buffer.from(content), Buffer.alloc(length, ' ')]);
        expect(verdictOf(pdf(body), cut)).toEqual({ problem: 'launches_program' });
      }),
      { numRuns: 60 },
    );
  });

  it('is seen wherever it stands in a file that comes at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 65_400, max: 65_600 }), (length) => {
        const body = Buffer.concat([Buffer.alloc(length, ' '), Buffer.from('<< /S /L#61unch >>'), Buffer.alloc(70_000, ' ')]);
        expect(verdictOf(pdf(body), body.length + 1_000)).toEqual({ problem: 'launches_program' });
      }),
    );
  });

  it('is not taken for another that comes meanwhile', () => {
    const [harmful, harmless] = [new ContentInspector(), new ContentInspector()];
    const [first, second] = [pdf('<< /S /Launch /F (calc.exe) >>'), pdf('<< /Type /Page /Rotate 0 /Dur (1) >>')];
    for (let at = 0; at < Math.max(first.length, second.length); at += 5) {
      harmful.watch(first.subarray(at, at + 5));
      harmless.watch(second.subarray(at, at + 5));
    }
    expect(harmful.conclude().verdict).toEqual({ problem: 'launches_program' });
    expect(harmless.conclude().verdict).toEqual({ mediaType: 'application/pdf', warnings: [] });
  });

  it('is not mistaken for one because of what its pages say', () => {
    expect(verdictOf(pdf('Le langage JavaScript et le mot Launch, /JS, /Launc, /Java'))).toEqual({ mediaType: 'application/pdf', warnings: [] });
  });
});

describe('a file', () => {
  it('is judged the same however it is cut', () => {
    const markers = fc.constantFrom('%PDF-1.4', '%%EOF', '/Launch', '/EmbeddedFile', 'abc', '\n');
    fc.assert(
      fc.property(fc.array(markers, { maxLength: 40 }), fc.integer({ min: 1, max: 64 }), (parts, cut) => {
        const bytes = Buffer.from(parts.join(' '));
        expect(verdictOf(bytes, cut)).toEqual(verdictOf(bytes));
      }),
    );
  });
});

describe('a known harmful marker', () => {
  const marker = ['EICAR-STANDARD', 'ANTIVIRUS-TEST-FILE'].join('-');

  it('is seen however the network cuts it, behind the beginnings of others', () => {
    const beginnings = fc.array(fc.integer({ min: 1, max: marker.length - 1 }).map((length) => marker.slice(0, length)), { maxLength: 20 });
    fc.assert(
      fc.property(beginnings, fc.integer({ min: 1, max: 100 }), (before, cut) => {
        expect(verdictOf(pdf(before.join(' ')), cut)).toMatchObject({ mediaType: 'application/pdf' });
        expect(verdictOf(pdf([...before, marker].join(' ')), cut)).toEqual({ problem: 'infected' });
      }),
    );
  });
});

describe('an archive', () => {
  const entry = (name: string): Buffer => {
    const head = Buffer.alloc(46);
    head.writeUInt32BE(0x504b0102, 0);
    head.writeUInt16LE(name.length, 28);
    return Buffer.concat([head, Buffer.from(name)]);
  };
  const zip = (...names: string[]): Buffer => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), ...names.map(entry), Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(18)]);

  it('of deeds is kept, one that holds a program is refused', () => {
    expect(verdictOf(zip('acte-1.pdf', 'acte-1.xml'))).toEqual({ mediaType: 'application/zip', warnings: [] });
    expect(verdictOf(zip('acte-1.pdf', 'facture.pdf.EXE'))).toEqual({ problem: 'program_in_archive' });
  });

  it('is complete when its end is followed by a comment at most, however the network cuts it', () => {
    const archive = zip('acte-1.pdf');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 4, max: 30_000 }), (comment, cut) => {
        expect(verdictOf(Buffer.concat([archive, Buffer.alloc(comment, ' ')]), cut)).toEqual({ mediaType: 'application/zip', warnings: [] });
      }),
      { numRuns: 60 },
    );
    expect(verdictOf(Buffer.concat([archive, Buffer.alloc(70_000, ' ')]))).toEqual({ problem: 'truncated' });
    expect(verdictOf(archive.subarray(0, -22))).toEqual({ problem: 'truncated' });
  });
});
