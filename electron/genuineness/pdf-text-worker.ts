import { parentPort, workerData } from 'node:worker_threads';

// First: what pdf.js looks for while it loads.
import './no-drawing';

import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
// Registers pdf.js's own worker in this thread, so that nothing is loaded at run time.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';

import type { PdfText } from './pdf-text';

/** What a hostile document could use to reach out is gone before it is opened. */
for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);

const { bytes, maxPages, maxCharacters } = workerData as { readonly bytes: Uint8Array; readonly maxPages: number; readonly maxCharacters: number };

async function readText(): Promise<PdfText> {
  const pdf = await getDocument({
    data: bytes,
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  }).promise;
  let text = '';
  for (let number = 1; number <= Math.min(pdf.numPages, maxPages) && text.length < maxCharacters; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    text += `${items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')}\n`;
  }
  return { state: text.trim() === '' ? 'image' : 'read', text: text.slice(0, maxCharacters) };
}

readText().then(
  (read) => parentPort?.postMessage(read),
  () => parentPort?.postMessage({ state: 'unreadable', text: '' } satisfies PdfText),
);
