import { VisuallyHidden } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import { type Download, downloadKey, type Offered, useDocuments } from './documents-store';

interface Props {
  readonly offered: Offered;
  readonly label: string;
  readonly state: Download | undefined;
}

/** What a screen reader says of a document fetched alone; what was fetched earlier, or is fetched with others, is told elsewhere. */
export function DownloadVoice({ offered, label, state }: Props): ReactNode {
  const isTogether = useDocuments(({ batches }) => Object.values(batches).some((keys) => keys.includes(downloadKey(offered))));
  const [began, setBegan] = useState(false);
  const isRunning = state !== undefined && 'downloadId' in state;
  if (isRunning && !began) setBegan(true);
  return <VisuallyHidden role="status">{isTogether || !(began || isRunning) || state === undefined ? '' : voiceOf(state, label)}</VisuallyHidden>;
}

function voiceOf(state: Download, label: string): string {
  if (state.step === 'stored') return `Document reçu : ${label}.`;
  return state.step === 'failed' ? `${state.message} ${state.advice}` : `Téléchargement en cours : ${label}.`;
}
