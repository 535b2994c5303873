import { getDocument, type PDFDocumentLoadingTask, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Emitted as a file of app://, which is all that `worker-src 'self'` allows.
import PdfWorkerScript from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker';

/**
 * Fonts that every PDF may use without carrying them. The window has no network (`connect-src 'none'`),
 * so they are modules, loaded one by one when a document asks for them.
 */
const standardFonts = import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url&inline',
  import: 'default',
});

class BundledFonts {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const entry = Object.entries(standardFonts).find(([path]) => path.endsWith(`/${filename}`));
    if (!entry) throw new Error(`Unknown standard font: ${filename}`);
    const dataUrl = await entry[1]();
    return Uint8Array.from(atob(dataUrl.slice(dataUrl.indexOf(',') + 1)), (character) => character.charCodeAt(0));
  }
}

let worker: PDFWorker | undefined;

function sharedWorker(): PDFWorker {
  worker ??= PDFWorker.create({ port: new PdfWorkerScript() });
  return worker;
}

/** Opens a PDF in its worker: no eval, no WebAssembly, no network, no script of the document. */
export function openPdf(bytes: Uint8Array): PDFDocumentLoadingTask {
  return getDocument({
    // pdf.js takes the buffer for itself: the caller keeps its own.
    data: bytes.slice(),
    worker: sharedWorker(),
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    StandardFontDataFactory: BundledFonts,
    enableXfa: false,
    stopAtErrors: false,
  });
}
