import { ActionIcon, Button, Group, NumberInput, Popover, Text, Tooltip } from '@mantine/core';
import { IconPrinter, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import { dropdownProps, popoverProps } from '../../components/popover-props';
import { SpokenProgress } from '../../components/spoken-progress';
import { showFailure } from '../../components/toasts';
import { MOST_PRINTED_PAGES, type PageRange, type Pictures, printPictures } from './print-document';

/** Draws what is to be printed; tells how far it is. */
export type DrawForPrint = (range: PageRange, onPage: (done: number) => void, signal: AbortSignal) => Promise<Pictures>;

export interface Printing {
  /** Pages drawn, of those that were chosen; null when nothing is under way. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly pageCount: number;
  /** Too many pages for once: which ones is being asked. */
  readonly isAsking: boolean;
  /** Starts, asks which pages, or gives up what is under way. */
  readonly toggle: () => void;
  readonly start: (range: PageRange) => void;
  readonly stopAsking: () => void;
}

interface PageCounts {
  /** Pages that can be chosen. */
  readonly pageCount: number;
  /** Pages that the document says it has. */
  readonly total: number;
}

/** Prints the document in view, page by page; the act is traced by main. Null for what is only compared: it has no printing. */
export function usePrinting(documentId: string | null, { pageCount, total }: PageCounts, draw: DrawForPrint): Printing | null {
  const [progress, setProgress] = useState<Printing['progress']>(null);
  const [isAsking, setAsking] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const print = async (id: string, range: PageRange): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    const chosen = range.to - range.from + 1;
    setProgress({ done: 0, total: chosen });
    try {
      await printPictures(id, { ...range, total }, await draw(range, (done) => setProgress({ done, total: chosen }), controller.signal));
    } catch (error) {
      if (!controller.signal.aborted) showFailure(error);
    } finally {
      running.current = null;
      setProgress(null);
    }
  };
  if (documentId === null) return null;
  const toggle = (): void => {
    if (running.current) running.current.abort();
    else if (pageCount > MOST_PRINTED_PAGES) setAsking(!isAsking);
    else void print(documentId, { from: 1, to: pageCount });
  };
  const start = (range: PageRange): void => {
    setAsking(false);
    void print(documentId, range);
  };
  return { progress, pageCount, isAsking, toggle, start, stopAsking: () => setAsking(false) };
}

export function PrintButton({ printing }: { readonly printing: Printing }): ReactNode {
  const { progress, isAsking, toggle, stopAsking } = printing;
  const label = progress === null ? 'Imprimer (Ctrl P)' : `Préparation de l’impression : ${progress.done} sur ${progress.total}. Annuler`;
  return (
    <>
      <SpokenProgress done={progress?.done ?? 0} total={progress?.total ?? 0} />
      <Popover opened={isAsking} onDismiss={stopAsking} width={360} {...popoverProps}>
        <Popover.Target>
          <Tooltip label={label} disabled={isAsking}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={toggle}>
              {progress === null ? <IconPrinter size={18} /> : <IconX size={18} />}
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label="Pages à imprimer" {...dropdownProps}>
          <PageChoice printing={printing} />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

/** Escape ends the choice, and not the reading behind it. */
const escapesAlone = { 'data-mantine-stop-propagation': true } as const;

function lastAfter(from: number, pageCount: number): number {
  return Math.min(pageCount, from + MOST_PRINTED_PAGES - 1);
}

function PageChoice({ printing: { pageCount, start } }: { readonly printing: Printing }): ReactNode {
  const [from, setFrom] = useState(1);
  const [to, setTo] = useState(MOST_PRINTED_PAGES);
  const last = lastAfter(from, pageCount);
  const isPossible = from >= 1 && from <= pageCount && to >= from && to <= last;
  const chooseFrom = (value: string | number): void => {
    const first = Number(value);
    setFrom(first);
    if (to < first) setTo(lastAfter(first, pageCount));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isPossible) start({ from, to });
      }}
    >
      <Text size="sm" mb="xs">
        Ce document a {pageCount.toLocaleString('fr-FR')} pages : {MOST_PRINTED_PAGES} au plus s’impriment à la fois.
      </Text>
      <Group align="flex-end" gap="xs">
        <NumberInput label="De la page" size="xs" w={92} min={1} max={pageCount} value={from} onChange={chooseFrom} data-autofocus {...escapesAlone} />
        <NumberInput label="à la page" size="xs" w={92} min={1} max={pageCount} value={to} onChange={(value) => setTo(Number(value))} {...escapesAlone} error={!isPossible} />
        <Button type="submit" size="xs" disabled={!isPossible} {...escapesAlone}>Imprimer</Button>
      </Group>
      {!isPossible && <Text size="xs" c="var(--mantine-color-error)" role="alert" mt={6}>Choisissez des pages qui se suivent, jusqu’à la page {last.toLocaleString('fr-FR')}.</Text>}
    </form>
  );
}
