import { Alert, Box, Flex, Group, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';

import { endpoints, findEndpoint } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Answer } from '../../../shared/domain/consultation';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import type { Habilitation } from '../../../shared/domain/habilitation';
import { companyHeader, readCard } from '../../../shared/reading';
import { callMain, messageOf } from '../../app/bridge';
import { DocumentViewer } from '../documents';
import { listenToDownloads } from '../documents/documents-store';
import { CallCost } from '../quota';
import { AddEndpoint } from './add-endpoint';
import { ConsultAll } from './consult-all';
import { EndpointCard } from './endpoint-card';
import { endpointSet, identifierFor } from './endpoint-set';
import { ClosedEndpoints, SectionBlock, SectionNav, sectionsOf } from './sections';
import { SheetHeader } from './sheet-header';
import { cancelConsultation, consult, consultAll, isPending, listenToProgress, loadLatest, useSheet, useSheets } from './sheet-store';

interface Context {
  readonly dossier: Dossier;
  readonly habilitation: Habilitation | null;
}

/** The company sheet: opens on the answers already kept, then fills in as providers answer. */
export function CompanySheet({ dossierId, identifier }: { readonly dossierId: string; readonly identifier: string }): ReactNode {
  const [context, setContext] = useState<Context | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    loadContext(dossierId).then(
      (loaded) => current && setContext(loaded),
      (error: unknown) => current && setProblem(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [dossierId]);
  if (problem !== null) return <Alert color="red" title="La fiche ne peut pas s’ouvrir">{problem}</Alert>;
  if (context === null) return <Skeleton height={160} radius="md" aria-label="Ouverture de la fiche" />;
  const company = context.dossier.companies.find((candidate) => candidate.identifier === identifier);
  if (!company) return <Alert color="orange" title="Entreprise absente du dossier">Ajoutez-la au dossier pour la consulter.</Alert>;
  return <Sheet key={`${dossierId}:${identifier}`} {...context} company={company} />;
}

async function loadContext(dossierId: string): Promise<Context> {
  const [dossier, habilitations] = await Promise.all([callMain('dossiers.get', { id: dossierId }), callMain('habilitations.list', undefined)]);
  return { dossier, habilitation: habilitations.find(({ id }) => id === dossier.habilitationId) ?? null };
}

interface SheetProps extends Context {
  readonly company: DossierCompany;
}

function Sheet({ dossier, habilitation, company }: SheetProps): ReactNode {
  const sheet = useSheet(dossier.id, company.identifier);
  const loadError = useSheets((state) => state.loadError);
  useEffect(() => {
    void loadLatest(dossier.id, company);
    const stopProgress = listenToProgress();
    const stopDownloads = listenToDownloads();
    return () => {
      stopProgress();
      stopDownloads();
    };
  }, [dossier.id, company]);

  const set = useMemo(() => endpointSet(endpoints, dossier, habilitation), [dossier, habilitation]);
  const shown = useMemo(() => shownEndpoints(set.wanted, Object.keys(sheet)), [set, sheet]);
  const callable = useMemo(() => set.wanted.filter((endpoint) => identifierFor(endpoint, company) !== null), [set, company]);
  const answers = useMemo(() => Object.values(sheet).flatMap(({ lastAnswer }) => (lastAnswer ? [lastAnswer] : [])), [sheet]);
  const header = useMemo(() => companyHeader(answers), [answers]);
  const answered = useMemo(() => new Set(answers.map(({ endpointId }) => endpointId)), [answers]);
  const sections = useMemo(() => sectionsOf(shown), [shown]);
  const pending = Object.values(sheet).filter(({ state }) => isPending(state));
  const onConsult = useCallback(
    (endpoint: Endpoint, fresh: boolean) => void consult(dossier, company, endpoint, fresh ? { fresh } : {}),
    [dossier, company],
  );

  return (
    <Stack gap="lg" pb="xl">
      <SheetHeader
        header={header}
        company={company}
        actions={
          <ConsultAll
            callCount={callable.length}
            pendingCount={pending.length}
            totalCount={Math.max(Object.keys(sheet).length, 1)}
            cost={<CallCost dossierId={dossier.id} endpoints={callable} />}
            onConfirm={() => void consultAll(dossier, company, callable)}
            onCancelAll={() => pending.forEach(({ consultationId }) => void cancelConsultation(consultationId))}
          />
        }
      />
      {loadError !== null && <Alert color="orange" title="Les réponses déjà reçues n’ont pas pu être relues">{loadError}</Alert>}
      <Flex gap="lg" align="stretch">
        <SectionNav sections={sections} answered={answered} />
        <Stack gap="xl" style={{ flex: 1, minWidth: 0 }}>
          {sections.map(({ id, endpoints: members }) => (
            <SectionBlock key={id} id={id}>
              <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" style={{ alignItems: 'start' }}>
                {members.map((endpoint) => (
                  <Box key={endpoint.id} miw={0} style={isWide(endpoint, sheet[endpoint.id]?.lastAnswer) ? { gridColumn: '1 / -1' } : undefined}>
                    <EndpointCard
                      endpoint={endpoint}
                      entry={sheet[endpoint.id]}
                      callable={identifierFor(endpoint, company) !== null}
                      onConsult={onConsult}
                    />
                  </Box>
                ))}
              </SimpleGrid>
            </SectionBlock>
          ))}
          <Group justify="space-between">
            <AddEndpoint
              set={set}
              shownIds={new Set(shown.map(({ id }) => id))}
              onAdd={(endpoint, writtenReason) => void consult(dossier, company, endpoint, writtenReason === undefined ? {} : { writtenReason })}
            />
          </Group>
          <ClosedEndpoints endpoints={set.closed} />
        </Stack>
      </Flex>
      <DocumentViewer />
    </Stack>
  );
}

/** Wide tables take the whole width; narrower columns would hide what decides. */
function isWide(endpoint: Endpoint, answer: Answer | null | undefined): boolean {
  return answer !== null && answer !== undefined && readCard(answer, endpoint.path).tables.some(({ columns }) => columns.length > 3);
}

/** The set, then what was consulted beyond it: an answer already paid for is never hidden. */
function shownEndpoints(wanted: readonly Endpoint[], consultedIds: readonly string[]): Endpoint[] {
  const wantedIds = new Set(wanted.map(({ id }) => id));
  const beyond = consultedIds.filter((id) => !wantedIds.has(id)).map((id) => findEndpoint(id));
  return [...wanted, ...beyond.filter((endpoint) => endpoint !== undefined)];
}
