import { Alert, Select, Skeleton, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';

import type { StoredDocument } from '../../../shared/domain/document';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { pieceKinds, type SuppliedFile } from '../../../shared/domain/supplied-file';
import { readInstant } from '../../../shared/reading';
import { callMain } from '../../app/bridge';
import { PageHead } from '../../components/page-head';
import { SectionCard } from '../../components/section-card';
import { useLoaded } from '../../components/use-loaded';
import { AskSource } from './ask-source';
import { ComparisonTable } from './comparison-table';
import { DocumentPane } from './document-pane';
import { SuppliedBadge } from './supplied-files';

interface Props {
  readonly dossierId: string;
  readonly pieceId: string;
}

/** What a company handed over, beside the same document asked at its source. */
export function ComparisonScreen({ dossierId, pieceId }: Props): ReactNode {
  const { value, problem, reload } = useLoaded(() => loadComparison(dossierId, pieceId), pieceId);
  if (problem !== null) return <Alert color="red" role="alert">{problem}</Alert>;
  if (value === null) return <Skeleton h={420} aria-label="Lecture du document fourni" />;
  return <Comparison {...value} onFetched={reload} />;
}

interface Loaded {
  readonly file: SuppliedFile;
  readonly company: DossierCompany;
  /** Fetched at their source for this company, newest first. */
  readonly documents: readonly StoredDocument[];
}

async function loadComparison(dossierId: string, pieceId: string): Promise<Loaded> {
  const [dossier, files] = await Promise.all([callMain('dossiers.get', { id: dossierId }), callMain('pieces.list', { dossierId })]);
  const file = files.find(({ id }) => id === pieceId);
  const company = dossier.companies.find(({ identifier }) => identifier === file?.identifier);
  if (!file || !company) throw new Error('Ce document fourni n’est plus dans le dossier.');
  return { file, company, documents: await callMain('documents.list', { dossierId, identifier: file.identifier }) };
}

function Comparison({ file, company, documents, onFetched }: Loaded & { readonly onFetched: () => void }): ReactNode {
  const expected = file.kind === null ? null : pieceKinds[file.kind].endpointId;
  // Of a document whose kind was not read, only the agent knows what it is to be set beside.
  const proposed = documents.find(({ endpointId }) => endpointId === expected);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = documents.find(({ id }) => id === chosenId) ?? proposed ?? null;
  return (
    <Stack gap="lg">
      <PageHead title={file.originalName} summary={<>{company.name} · déposé le {readInstant(file.addedAt)} par {file.addedBy} <SuppliedBadge /></>} />
      <Alert color="ink">
        Ce rapprochement aide à lire, il ne décide de rien. Ni une différence, ni une absence de réponse ne peut suffire à écarter un dossier : la structure doit pouvoir s’expliquer et fournir la pièce autrement.
      </Alert>
      <SectionCard title="Document de la source">
        <Stack gap="md">
          {documents.length > 0 && (
            <Select
              label="Comparer avec"
              allowDeselect={false}
              data={documents.map((document) => ({ value: document.id, label: `${document.label} (${document.provider}), reçu le ${readInstant(document.fetchedAt) ?? ''}` }))}
              value={chosen?.id ?? null}
              placeholder="Choisissez un document déjà récupéré"
              description={expected === null ? 'Le type du document fourni n’a pas pu être lu : choisissez celui auquel le comparer.' : null}
              onChange={setChosenId}
              maw={560}
            />
          )}
          <AskSource file={file} company={company} onFetched={(document) => {
            setChosenId(document.id);
            onFetched();
          }} />
        </Stack>
      </SectionCard>
      {chosen && <ComparisonTable key={chosen.id} pieceId={file.id} documentId={chosen.id} />}
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(460px, 100%), 1fr))', gap: 16 }}>
        <DocumentPane title="Fourni par la structure" mediaType={file.mediaType} label={file.originalName} read={() => callMain('pieces.read', { id: file.id })} />
        {chosen ? (
          <DocumentPane key={chosen.id} title={`Source : ${chosen.provider}`} mediaType={chosen.mediaType} label={chosen.label} read={() => callMain('documents.read', { id: chosen.id })} />
        ) : (
          <section className="card panel"><Text c="dimmed">Le document de la source apparaîtra ici.</Text></section>
        )}
      </div>
    </Stack>
  );
}
