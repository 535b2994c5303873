import { Box, Flex } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useReducer, useRef } from 'react';

import type { StoredDocument } from '../../../shared/domain/document';
import { PrintButton, usePrinting } from './print-button';
import { actionOfKey, initialViewer, isPrintKey, viewerReducer } from './viewer-state';
import { ViewerToolbar } from './viewer-toolbar';

/** `id` null: what is only compared, and not printed from here. */
type ViewedImage = Pick<StoredDocument, 'mediaType' | 'label'> & { readonly id: string | null };

/** Shows an image document (a Qualifelec certificate may be a JPEG), with zoom and rotation. */
export function ImageView({ bytes, document }: { readonly bytes: Uint8Array; readonly document: ViewedImage }): ReactNode {
  const { mediaType, label } = document;
  const [state, dispatch] = useReducer(viewerReducer, initialViewer);
  const printing = usePrinting(document.id, { pageCount: 1, total: 1 }, () => Promise.resolve([new Blob([bytes.slice()], { type: mediaType })]));
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([bytes.slice()], { type: mediaType }));
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [bytes, mediaType]);
  const scale = state.zoom === 'fit' ? 1 : state.zoom;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isPrintKey(event)) {
      event.preventDefault();
      printing?.toggle();
      return;
    }
    const action = actionOfKey(event.key, state, scale);
    if (action && action.kind !== 'page') dispatch(action);
  };
  return (
    <Flex direction="column" h="100%" onKeyDown={onKeyDown}>
      <ViewerToolbar state={state} scale={scale} dispatch={dispatch} search={null} printer={printing && <PrintButton printing={printing} />} />
      <Box tabIndex={0} role="document" aria-label={label} data-autofocus p="md" ta="center" style={{ flex: 1, minHeight: 0, overflow: 'auto', background: 'var(--mantine-color-gray-4)' }}>
        <img ref={image} alt={label} style={{ width: `${scale * 100}%`, maxWidth: state.zoom === 'fit' ? 'max-content' : undefined, transform: `rotate(${state.rotation}deg)` }} />
      </Box>
    </Flex>
  );
}
