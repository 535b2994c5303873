import { getDocument, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
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

/** Largest picture inside a document, in pixels: an A3 page scanned at 600 dots an inch; a larger one is left blank. */
const MAX_IMAGE_PIXELS = 70_000_000;
const BYTES_PER_PIXEL = 4;

/** A document being opened, and the way to end all that was started for it. */
export interface OpeningPdf {
  readonly document: Promise<PDFDocumentProxy>;
  close(): void;
}

/**
 * Opens a PDF: no eval, no WebAssembly, no network, no script of the document. Each has a worker of its own, so that
 * one made to exhaust its reader holds up no other and goes with its window.
 */
export function openPdf(bytes: Uint8Array): OpeningPdf {
  const port = new PdfWorkerScript();
  const task = getDocument({
    // pdf.js takes the buffer for itself: the caller keeps its own.
    data: bytes.slice(),
    worker: PDFWorker.create({ port }),
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    StandardFontDataFactory: BundledFonts,
    enableXfa: false,
    stopAtErrors: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    canvasMaxAreaInBytes: MAX_IMAGE_PIXELS * BYTES_PER_PIXEL,
  });
  const close = (): void => {
    // What it waits for may never answer: the worker is ended whatever comes of it.
    task.destroy().catch(() => undefined);
    port.terminate();
  };
  return { document: task.promise, close };
}
