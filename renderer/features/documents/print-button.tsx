import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPrinter, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import { showFailure } from '../../components/toasts';
import { type Pictures, printPictures } from './print-document';

/** Draws what is to be printed; tells how far it is. */
export type DrawForPrint = (onPage: (done: number) => void, signal: AbortSignal) => Promise<Pictures>;

export interface Printing {
  /** Pages drawn; null when nothing is under way. */
  readonly done: number | null;
  /** Starts, or gives up what is under way. */
  readonly toggle: () => void;
}

/** Prints the document in view, page by page; the act is traced by main. Null for what is only compared: it has no printing. */
export function usePrinting(documentId: string | null, draw: DrawForPrint): Printing | null {
  const [done, setDone] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const print = async (id: string): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setDone(0);
    try {
      await printPictures(id, await draw(setDone, controller.signal));
    } catch (error) {
      if (!controller.signal.aborted) showFailure(error);
    } finally {
      running.current = null;
      setDone(null);
    }
  };
  if (documentId === null) return null;
  return { done, toggle: () => (running.current ? running.current.abort() : void print(documentId)) };
}

export function PrintButton({ printing: { done, toggle }, pageCount }: { readonly printing: Printing; readonly pageCount: number }): ReactNode {
  const label = done === null ? 'Imprimer (Ctrl P)' : `Préparation de l’impression : ${done} sur ${pageCount}. Annuler`;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={toggle}>
        {done === null ? <IconPrinter size={18} /> : <IconX size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
