import { Alert, Box, Flex, Loader, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useElementSize } from '@mantine/hooks';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type KeyboardEvent, type ReactNode, useEffect, useReducer, useRef, useState } from 'react';

import { PdfPage } from './pdf-page';
import { type Match, searchPdf } from './pdf-search';
import { PrintButton, usePrinting } from './print-button';
import { picturesOfPdf } from './print-document';
import { type OpenPdf, useOpenPdf } from './use-open-pdf';
import { actionOfKey, initialViewer, isPrintKey, type ViewerAction, viewerReducer } from './viewer-state';
import { type SearchControl, ViewerToolbar } from './viewer-toolbar';

/** Text search; `active` is the rank of the match on screen. */
function useSearch(pdf: PDFDocumentProxy, show: (match: Match) => void): SearchControl & { readonly matches: readonly Match[] } {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [settled] = useDebouncedValue(query, 200);
  const [found, setFound] = useState<{ matches: readonly Match[]; active: number }>({ matches: [], active: -1 });
  const showMatch = useRef(show);
  useEffect(() => {
    showMatch.current = show;
  });
  useEffect(() => {
    const abort = new AbortController();
    searchPdf(pdf, settled, abort.signal).then(
      (matches) => {
        if (abort.signal.aborted) return;
        setFound({ matches, active: matches.length > 0 ? 0 : -1 });
        if (matches[0]) showMatch.current(matches[0]);
      },
      () => undefined,
    );
    return () => abort.abort();
  }, [pdf, settled]);
  const move = (step: 1 | -1): void => {
    const { matches, active } = found;
    const next = (active + step + matches.length) % Math.max(1, matches.length);
    const match = matches[next];
    if (!match) return;
    setFound({ matches, active: next });
    show(match);
  };
  return { field, query, setQuery, count: found.matches.length, active: found.active, move, matches: found.matches };
}

/** Beyond this scale a page is harder to read, however wide the window. */
const WIDEST_FIT = 1.5;

/** A narrower window is left to the pages; a button shows the thumbnails. */
const THUMBNAILS_MIN_WIDTH_PX = 600;

/** Reads a PDF: pages drawn as they come, zoom, rotation, thumbnails, search, all from the keyboard. */
export function PdfView({ bytes, documentId }: { readonly bytes: Uint8Array; readonly documentId: string | null }): ReactNode {
  const { opened, unreadable } = useOpenPdf(bytes);
  if (unreadable) {
    return (
      <Alert m="lg" color="amber" role="alert" title="Ce document ne peut pas être affiché ici">
        Il est abîmé, incomplet ou trop lourd. {documentId === null ? 'Demandez-le à nouveau à qui l’a fourni.' : 'Relancez sa consultation depuis la fiche, ou enregistrez-le avec « Enregistrer sous… ».'}
      </Alert>
    );
  }
  if (!opened) return <Loader m="xl" aria-label="Ouverture du document" />;
  return <OpenedPdf {...opened} documentId={documentId} />;
}

function OpenedPdf({ pdf, guess, shownPages, documentId }: OpenPdf & { readonly documentId: string | null }): ReactNode {
  const [state, dispatch] = useReducer(viewerReducer, viewerReducer(initialViewer, { kind: 'opened', pageCount: shownPages, hasRoom: window.innerWidth >= THUMBNAILS_MIN_WIDTH_PX }));
  const { ref: frame, width } = useElementSize<HTMLDivElement>();
  const pages = useRef<HTMLDivElement>(null);
  const turned = state.rotation % 180 !== 0;
  const fitted = Math.max(0.2, (Math.max(width, 320) - 48) / (turned ? guess.height : guess.width));
  const scale = state.zoom === 'fit' ? Math.min(fitted, WIDEST_FIT) : state.zoom;

  const act = (action: ViewerAction): void => {
    dispatch(action);
    if (action.kind === 'page') scrollToPage(pages.current, viewerReducer(state, action).page);
  };
  const search = useSearch(pdf, (match) => act({ kind: 'page', page: match.page }));
  const printing = usePrinting(documentId, { pageCount: shownPages, total: pdf.numPages }, (range, onPage, signal) => picturesOfPdf(pdf, range, state.rotation, onPage, signal));
  // A page that is read stays in place when it is made larger or turned.
  const readPage = useRef(state.page);
  useEffect(() => {
    readPage.current = state.page;
  }, [state.page]);
  useEffect(() => scrollToPage(pages.current, readPage.current), [scale, state.rotation]);
  // The document has the focus as soon as it is there: its keys work at once. One of two compared leaves it where it is.
  useEffect(() => {
    if (documentId !== null) pages.current?.focus();
  }, [documentId]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isPrintKey(event)) {
      event.preventDefault();
      printing?.toggle();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
      event.preventDefault();
      search.field.current?.focus();
      return;
    }
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOfKey(event.key, state, scale);
    if (!action) return;
    event.preventDefault();
    act(action);
  };
  return (
    <Flex direction="column" h="100%" onKeyDown={onKeyDown}>
      <ViewerToolbar state={state} scale={scale} dispatch={act} search={search} printer={printing && <PrintButton printing={printing} />} />
      {shownPages < pdf.numPages && (
        <Alert color="amber" radius={0} py={4} role="status">
          Ce document annonce {pdf.numPages.toLocaleString('fr-FR')} pages : les {shownPages.toLocaleString('fr-FR')} premières sont montrées. Pour la suite, ouvrez-le dans un autre programme.
        </Alert>
      )}
      <Flex style={{ flex: 1, minHeight: 0 }}>
        {state.showThumbnails && <Thumbnails pdf={pdf} guess={guess} shownPages={shownPages} current={state.page} onChoose={(page) => act({ kind: 'page', page })} />}
        <Box ref={frame} style={{ flex: 1, minWidth: 0 }}>
          <Box
            ref={pages}
            tabIndex={0}
            role="document"
            aria-label={`Document de ${pdf.numPages} page${pdf.numPages > 1 ? 's' : ''}`}
            h="100%"
            style={{ overflow: 'auto', background: 'var(--mantine-color-default-border)' }}
            onScroll={(event) => dispatch({ kind: 'page', page: pageOnScreen(event.currentTarget) })}
          >
            <Stack gap={16} py={16} miw="min-content">
              {Array.from({ length: shownPages }, (_unused, index) => (
                <PdfPage
                  key={index}
                  pdf={pdf}
                  number={index + 1}
                  scale={scale}
                  rotation={state.rotation}
                  guess={guess}
                  matches={search.matches.filter(({ page }) => page === index + 1)}
                  activeMatch={search.matches[search.active] ?? null}
                />
              ))}
            </Stack>
          </Box>
        </Box>
      </Flex>
    </Flex>
  );
}

function scrollToPage(pages: HTMLDivElement | null, page: number): void {
  const target = pages?.querySelector<HTMLElement>(`[data-page="${page}"]`);
  if (pages && target) pages.scrollTo({ top: target.offsetTop - pages.offsetTop - 8 });
}

/** The page that holds the upper third of the window. */
function pageOnScreen(pages: HTMLElement): number {
  const line = pages.getBoundingClientRect().top + pages.clientHeight / 3;
  const passed = [...pages.querySelectorAll<HTMLElement>('[data-page]')].filter((page) => page.getBoundingClientRect().top <= line);
  return Number(passed.at(-1)?.dataset['page'] ?? 1);
}

const THUMBNAIL_WIDTH = 104;

interface ThumbnailsProps extends OpenPdf {
  readonly current: number;
  readonly onChoose: (page: number) => void;
}

function Thumbnails({ pdf, guess, shownPages, current, onChoose }: ThumbnailsProps): ReactNode {
  return (
    <Stack component="nav" aria-label="Vignettes" gap="sm" p="sm" w={150} style={{ overflowY: 'auto', flexShrink: 0, borderRight: '1px solid var(--mantine-color-default-border)' }}>
      {Array.from({ length: shownPages }, (_unused, index) => {
        const isCurrent = current === index + 1;
        return (
          <UnstyledButton
            key={index}
            onClick={() => onChoose(index + 1)}
            aria-label={`Aller à la page ${index + 1}`}
            aria-current={isCurrent ? 'page' : undefined}
            style={{ outline: isCurrent ? '3px solid var(--mantine-primary-color-filled)' : undefined, outlineOffset: 2 }}
          >
            <PdfPage pdf={pdf} number={index + 1} scale={THUMBNAIL_WIDTH / guess.width} rotation={0} guess={guess} label="" />
            <Text size="xs" ta="center" pt={2}>{index + 1}</Text>
          </UnstyledButton>
        );
      })}
    </Stack>
  );
}
