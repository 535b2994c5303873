import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';

import { findEndpoint, identifierFor } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { StoredDocument } from '../../../shared/domain/document';
import type { DossierCompany } from '../../../shared/domain/dossier';
import { PIECE_KINDS, pieceKinds, type SuppliedFile } from '../../../shared/domain/supplied-file';
import { callMain, CallError } from '../../app/bridge';
import { useAction } from '../../components/use-action';
import { CallCost } from '../quota';

interface Props {
  readonly file: SuppliedFile;
  readonly company: DossierCompany;
  readonly onFetched: (document: StoredDocument) => void;
}

/** Sources that can be asked about this company, each once. */
function sourcesFor(company: DossierCompany): readonly Endpoint[] {
  const endpoints = PIECE_KINDS.flatMap((kind) => findEndpoint(pieceKinds[kind].endpointId ?? '') ?? []);
  return [...new Set(endpoints)].filter((endpoint) => identifierFor(endpoint, company) !== null);
}

/** Asks the same document at its source, once the agent has seen what it costs and said so. */
export function AskSource({ file, company, onFetched }: Props): ReactNode {
  const sources = useMemo(() => sourcesFor(company), [company]);
  const recognised = file.kind === null ? null : pieceKinds[file.kind].endpointId;
  const [endpointId, setEndpointId] = useState(recognised);
  const { busy, problem, run } = useAction();
  const endpoint = sources.find(({ id }) => id === endpointId);
  const asked = useMemo(() => (endpoint ? [endpoint] : []), [endpoint]);
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="sm">
        <Select
          label="Demander à la source"
          placeholder="Choisissez la source"
          data={sources.map(({ id, title, providerLabel }) => ({ value: id, label: `${title} (${providerLabel})` }))}
          value={endpoint?.id ?? null}
          onChange={setEndpointId}
          disabled={busy}
          w={460}
        />
        <Button loading={busy} disabled={!endpoint} onClick={() => endpoint && run(async () => onFetched(await fetchAtSource(file.dossierId, endpoint, company)))}>
          Demander ce document
        </Button>
      </Group>
      {endpoint && <CallCost dossierId={file.dossierId} endpoints={asked} />}
      {recognised !== null && endpoint === undefined && <Text size="sm" c="dimmed">Cette entreprise ne peut pas être demandée à cette source avec l’identifiant connu.</Text>}
      {problem !== null && <Alert color="amber" role="alert" title="La source n’a pas donné ce document">{problem.message} Cela ne dit rien du document fourni.</Alert>}
    </Stack>
  );
}

async function fetchAtSource(dossierId: string, endpoint: Endpoint, company: DossierCompany): Promise<StoredDocument> {
  const identifier = identifierFor(endpoint, company) ?? company.identifier;
  const consultationId = crypto.randomUUID();
  const answered = await callMain('consultation.run', { consultationId, dossierId, endpointId: endpoint.id, identifier, parameters: {} });
  if (answered.step === 'failed') throw refusal(`${answered.error.message} ${answered.error.advice}`);
  const offer = answered.answer.documents[0];
  if (!offer) throw refusal('La source a répondu sans document.');
  const fetched = await callMain('documents.fetch', { downloadId: crypto.randomUUID(), consultationId, pointer: offer.pointer });
  if (fetched.step === 'failed') throw refusal(`${fetched.error.message} ${fetched.error.advice}`);
  return fetched.document;
}

function refusal(message: string): CallError {
  return new CallError({ code: 'unavailable', message, field: null });
}
