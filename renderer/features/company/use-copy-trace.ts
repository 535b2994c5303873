import { type RefObject, useEffect } from 'react';

import { callMain } from '../../app/bridge';
import { showFailure } from '../../components/toasts';

const MARK = '[Diffusion partielle : ne pas rediffuser ni publier le nom et l’adresse.]';

interface CopiedFrom {
  readonly dossierId: string;
  readonly identifier: string;
  readonly isPartiallyDiffused: boolean;
}

/** Every copy out of the sheet is traced, and bears the mark when the company is in partial diffusion. */
export function useCopyTrace(sheet: RefObject<HTMLElement | null>, { dossierId, identifier, isPartiallyDiffused }: CopiedFrom): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      const copied = event.clipboardData?.getData('text/plain') || String(document.getSelection());
      const isFromSheet = event.target instanceof Node && sheet.current?.contains(event.target) === true;
      if (copied === '' || !isFromSheet) return;
      if (isPartiallyDiffused) event.clipboardData?.setData('text/plain', `${copied}\n${MARK}`);
      if (isPartiallyDiffused) event.preventDefault();
      callMain('data.copied', { dossierId, identifier, isPartiallyDiffused, length: copied.length }).catch(showFailure);
    };
    // On the window: after the copy buttons, which put their own text.
    window.addEventListener('copy', onCopy);
    return () => window.removeEventListener('copy', onCopy);
  }, [sheet, dossierId, identifier, isPartiallyDiffused]);
}
