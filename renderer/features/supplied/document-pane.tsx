import { Alert, Loader, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';

import type { StoredDocument } from '../../../shared/domain/document';
import { useLoaded } from '../../components/use-loaded';
import { ImageView } from '../documents/image-view';

// The PDF reader is heavy: it is loaded with the first document.
const PdfView = lazy(() => import('../documents/pdf-view').then((module) => ({ default: module.PdfView })));

interface Props {
  readonly title: string;
  readonly label: string;
  readonly mediaType: StoredDocument['mediaType'];
  readonly read: () => Promise<{ readonly bytes: Uint8Array }>;
}

/** One of the two documents, with its own pages, zoom and search; another one is another pane. */
export function DocumentPane({ title, label, mediaType, read }: Props): ReactNode {
  const { value, problem } = useLoaded(read, '');
  return (
    <section className="card" aria-label={title} style={{ height: 640, display: 'flex', flexDirection: 'column', overflow: 'hidden' }}>
      <Text fw={600} px="md" py="xs">{title}</Text>
      <div style={{ flex: 1, minHeight: 0 }}>
        {problem !== null && <Alert m="md" color="red" role="alert">{problem}</Alert>}
        {value === null && problem === null && <Loader m="xl" aria-label="Lecture du document" />}
        {value !== null && (
          <Suspense fallback={<Loader m="xl" aria-label="Ouverture du lecteur" />}>
            {mediaType === 'application/pdf' ? <PdfView bytes={value.bytes} documentId={null} /> : <ImageView bytes={value.bytes} document={{ id: null, mediaType, label }} />}
          </Suspense>
        )}
      </div>
    </section>
  );
}
