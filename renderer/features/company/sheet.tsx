import './sheet.css';

import { Alert, Flex, Group, Stack, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useCallback, useDeferredValue, useMemo, useRef } from 'react';

import type { Endpoint } from '../../../shared/catalogue/types';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import type { Habilitation } from '../../../shared/domain/habilitation';
import { AllDocuments, AllDocumentsProgress, DocumentViewer } from '../documents';
import { CallCost } from '../quota';
import { AddEndpoint } from './add-endpoint';
import { CallJustificationsProvider } from './call-justification';
import { CompareDates } from './compare-dates';
import { ConsultAll } from './consult-all';
import { LearnedIdentity } from './learned-identity-notice';
import { PrintButton } from './print-button';
import { RatiosPanel } from './ratios-panel';
import { ReplacedIdentity } from './replaced-identity-notice';
import { SectionCards } from './section-cards';
import { ClosedEndpoints, SectionBlock, SectionNav } from './sections';
import { sheetVoice, unknownIdentityWords } from './sheet-voice';
import { SheetHeader } from './sheet-header';
import { type CallOptions, cancelConsultation, consult, consultAll, useSheets } from './sheet-store';
import { useCopyTrace } from './use-copy-trace';
import { useGradually } from './use-gradually';
import { type SheetView, useSheetView } from './use-sheet-view';

interface SheetProps {
  readonly dossier: Dossier;
  readonly habilitation: Habilitation | null;
  /** The workstation's setting: version 2 is offered too. */
  readonly useV2: boolean;
  readonly company: DossierCompany;
  /** The dossier as main has it after a change made here. */
  readonly onChange: (dossier: Dossier) => void;
}

export function Sheet({ dossier, habilitation, useV2, company, onChange }: SheetProps): ReactNode {
  const view = useSheetView(dossier, habilitation, company, useV2);
  const loadError = useSheets((state) => state.loadError);
  const root = useRef<HTMLDivElement>(null);
  useCopyTrace(root, { dossierId: dossier.id, identifier: company.identifier, isPartiallyDiffused: view.isPartiallyDiffused });
  const onConsult = useCallback((endpoint: Endpoint, options: CallOptions) => void consult(dossier, company, endpoint, options), [dossier, company]);
  const onAdd = useCallback((endpoint: Endpoint, writtenReason?: string) => onConsult(endpoint, writtenReason === undefined ? {} : { writtenReason }), [onConsult]);
  const shownIds = useMemo(() => new Set(view.shown.map(({ id }) => id)), [view.shown]);
  const drawnSections = useGradually(view.sections.length);
  const justifications = useMemo(() => ({ usual: dossier, habilitation, companyIdentifier: company.identifier }), [dossier, habilitation, company]);
  const settledAnswers = useDeferredValue(view.answers);
  const answered = useMemo(() => new Set(view.answers.map(({ endpointId }) => endpointId)), [view.answers]);
  return (
    <Stack gap="lg" pb="xl" ref={root}>
      <SheetHeader header={view.header} answers={view.answers} company={company} unknownWords={unknownIdentityWords(view.sheet)} actions={<Actions dossier={dossier} company={company} view={view} areCardsDrawn={drawnSections >= view.sections.length} />} />
      <AllDocumentsProgress batch={batchOf(dossier, company)} answers={view.answers} />
      <ReplacedIdentity dossier={dossier} company={company} view={view} />
      <LearnedIdentity dossier={dossier} company={company} view={view} onChange={onChange} />
      {loadError !== null && <Alert color="orange" title="Les réponses déjà reçues n’ont pas pu être relues">{loadError}</Alert>}
      <Flex gap="lg" align="stretch">
        <SectionNav sections={view.sections} answered={answered} />
        <Stack gap="xl" style={{ flex: 1, minWidth: 0 }}>
          <CallJustificationsProvider value={justifications}>
            {view.sections.map(({ id, endpoints }, rank) => (
              <SectionBlock key={id} id={id}>
                {id === 'finance' && <RatiosPanel answers={settledAnswers} />}
                {rank < drawnSections && <SectionCards endpoints={endpoints} sheet={view.sheet} company={company} onConsult={onConsult} />}
              </SectionBlock>
            ))}
          </CallJustificationsProvider>
          <AddEndpoint
            set={view.set}
            repeated={view.asked.repeated}
            useCase={dossier.useCase}
            shownIds={shownIds}
            onAdd={onAdd}
          />
          <ClosedEndpoints endpoints={view.set.closed} />
        </Stack>
      </Flex>
      <VisuallyHidden role="status">{sheetVoice(view.sheet)}</VisuallyHidden>
      <DocumentViewer />
    </Stack>
  );
}

/** Names what is asked for from the head of a sheet. */
function batchOf(dossier: Dossier, company: DossierCompany): string {
  return `sheet:${dossier.id}:${company.identifier}`;
}

interface ActionsProps {
  readonly dossier: Dossier;
  readonly company: DossierCompany;
  readonly view: SheetView;
  /** Each card finds its documents of earlier days as it is drawn: before, nothing says which are missing. */
  readonly areCardsDrawn: boolean;
}

function Actions({ dossier, company, view, areCardsDrawn }: ActionsProps): ReactNode {
  const { set, asked, pending, sheet, answers, header } = view;
  return (
    <Group gap="xs" align="flex-start">
      {answers.length > 0 && pending.length === 0 && (
        <>
          <CompareDates dossier={dossier} company={company} />
          {areCardsDrawn && <AllDocuments batch={batchOf(dossier, company)} answers={answers} />}
          <PrintButton dossier={dossier} company={company} header={header} answers={answers} />
        </>
      )}
      <ConsultAll
        callCount={asked.callable.length}
        pendingCount={pending.length}
        totalCount={Math.max(Object.keys(sheet).length, 1)}
        cost={<CallCost dossierId={dossier.id} endpoints={asked.callable} />}
        closed={set.closed}
        asked={asked}
        onConfirm={() => consultAll(dossier, company, asked.callable)}
        onCancelAll={() => pending.forEach(({ consultationId }) => void cancelConsultation(consultationId))}
      />
    </Group>
  );
}
