import { Alert, Box, Loader, Modal, Text } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

import { documentWarningSentences, type StoredDocument } from '../../../shared/domain/document';
import { readInstant } from '../../../shared/reading';
import { callMain, messageOf } from '../../app/bridge';
import { DocumentActions } from './document-actions';
import { useDocuments, viewDocument } from './documents-store';
import { ImageView } from './image-view';

// The PDF reader is heavy: it is loaded with the first document.
const PdfView = lazy(() => import('./pdf-view').then((module) => ({ default: module.PdfView })));

/** Full-screen reader of the document chosen with « Voir »; Escape closes it and gives the focus back. */
export function DocumentViewer(): ReactNode {
  const document = useDocuments(({ viewed }) => viewed);
  return (
    <Modal.Root opened={document !== null} onClose={() => viewDocument(null)} fullScreen>
      <Modal.Overlay />
      <Modal.Content classNames={{ content: 'viewer' }}>
        {document && (
          <>
            <Modal.Header py="xs" className="viewer-head">
              <div className="viewer-title">
                <Modal.Title fw={600}>{document.label}</Modal.Title>
                <Text size="xs" c="dimmed">{document.provider} · reçu le {readInstant(document.fetchedAt)}</Text>
              </div>
              <div className="viewer-actions">
                <DocumentActions document={document} place="viewer" />
              </div>
              <Modal.CloseButton aria-label="Fermer le document" ml={0} />
            </Modal.Header>
            {document.warnings.map((warning) => (
              <Alert key={warning} color="amber" radius={0} py={4} role="status">{documentWarningSentences[warning]}</Alert>
            ))}
            <Modal.Body className="viewer-body">
              <Content key={document.id} document={document} />
            </Modal.Body>
          </>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

function Content({ document }: { readonly document: StoredDocument }): ReactNode {
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    callMain('documents.read', { id: document.id }).then(
      (read) => current && setBytes(read.bytes),
      (error: unknown) => current && setProblem(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [document.id]);
  if (problem !== null) return <Alert m="lg" color="red" title="Le document ne peut pas être lu">{problem}</Alert>;
  if (bytes === null) return <Loader m="xl" aria-label="Lecture du document" />;
  return (
    <Box h="100%">
      <Suspense fallback={<Loader m="xl" aria-label="Ouverture du lecteur" />}>
        {document.mediaType === 'application/pdf' ? <PdfView bytes={bytes} documentId={document.id} /> : <ImageView bytes={bytes} document={document} />}
      </Suspense>
    </Box>
  );
}
