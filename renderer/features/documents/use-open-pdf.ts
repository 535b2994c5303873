import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';

import { openPdf } from './pdf-source';

export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  /** Size of the first page, in points. */
  readonly guess: { readonly width: number; readonly height: number };
  /** At most those that a window can hold. */
  readonly shownPages: number;
}

/** The longest annual accounts have a few hundred; a document that claims more was made to fill the memory. */
const MOST_SHOWN_PAGES = 1_000;

/** A document that takes longer to open was made to hold its reader up. */
const LONGEST_OPENING_MS = 30_000;

interface Opening {
  readonly opened: OpenPdf | null;
  readonly unreadable: boolean;
}

const pending: Opening = { opened: null, unreadable: false };

/** Opens the bytes of a PDF, and closes all that was opened with the component. Of bytes that were replaced nothing is given. */
export function useOpenPdf(bytes: Uint8Array): Opening {
  const [last, setLast] = useState<Opening & { readonly of: Uint8Array | null }>({ ...pending, of: null });
  useEffect(() => {
    let current = true;
    const opening = openPdf(bytes);
    const open = async (): Promise<void> => {
      const pdf = await opening.document;
      const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
      clearTimeout(deadline);
      if (current) setLast({ of: bytes, opened: { pdf, guess: { width, height }, shownPages: Math.min(pdf.numPages, MOST_SHOWN_PAGES) }, unreadable: false });
    };
    const giveUp = (): void => {
      clearTimeout(deadline);
      opening.close();
      if (current) setLast({ of: bytes, opened: null, unreadable: true });
    };
    const deadline = setTimeout(giveUp, LONGEST_OPENING_MS);
    open().catch(giveUp);
    return () => {
      current = false;
      clearTimeout(deadline);
      opening.close();
    };
  }, [bytes]);
  return last.of === bytes ? last : pending;
}
