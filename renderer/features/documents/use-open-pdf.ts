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

/** Opens the bytes of a PDF, and closes all that was opened with the component. */
export function useOpenPdf(bytes: Uint8Array): { opened: OpenPdf | null; unreadable: boolean } {
  const [opened, setOpened] = useState<OpenPdf | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  useEffect(() => {
    let current = true;
    const opening = openPdf(bytes);
    const open = async (): Promise<void> => {
      const pdf = await opening.document;
      const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
      clearTimeout(deadline);
      if (current) setOpened({ pdf, guess: { width, height }, shownPages: Math.min(pdf.numPages, MOST_SHOWN_PAGES) });
    };
    const giveUp = (): void => {
      clearTimeout(deadline);
      opening.close();
      if (current) setUnreadable(true);
    };
    const deadline = setTimeout(giveUp, LONGEST_OPENING_MS);
    open().catch(giveUp);
    return () => {
      current = false;
      clearTimeout(deadline);
      opening.close();
    };
  }, [bytes]);
  return { opened, unreadable };
}
