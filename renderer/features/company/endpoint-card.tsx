import { Alert, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { memo, type ReactNode, useDeferredValue, useMemo, useState } from 'react';

import { defaultParameters, V2_MARK } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import { toneOfError } from '../../../shared/domain/api-error';
import type { Answer, ConsultationState } from '../../../shared/domain/consultation';
import { type CardModel, readInstant } from '../../../shared/reading';
import { DocumentNote } from '../documents/document-note';
import { DocumentOffers } from '../documents/document-offers';
import { CallDetail } from './call-detail';
import { CallJustification } from './call-justification';
import { CallParameters } from './call-parameters';
import { CardBody } from './card-body';
import { CardStatus, waitText } from './card-status';
import { Changes } from './changes';
import { canSend, filled } from './parameter-values';
import { ProvenanceProvider } from './provenance';
import { cardOf } from './read-answers';
import { type CallOptions, type CardEntry, cancelConsultation, isPending } from './sheet-store';

interface EndpointCardProps {
  readonly endpoint: Endpoint;
  readonly entry: CardEntry | undefined;
  /** False when the company lacks the identifier that the endpoint takes. */
  readonly callable: boolean;
  readonly onConsult: (endpoint: Endpoint, options: CallOptions) => void;
}

const alertColors = { neutral: 'gray', waiting: 'blue', warning: 'orange', error: 'red' } as const;

/** One provider's answer, drawn in slices between which the screen answers: thirty may come at the same time. */
export const EndpointCard = memo(function EndpointCard({ entry, ...card }: EndpointCardProps): ReactNode {
  return <CardView {...card} entry={useDeferredValue(entry)} />;
});

/** Source, date, state, what the answer says, its documents, and the way to ask again. */
const CardView = memo(function CardView({ endpoint, entry, callable, onConsult }: EndpointCardProps): ReactNode {
  const answer = entry?.lastAnswer ?? null;
  const card = answer ? cardOf(answer, endpoint.path) : null;
  const pending = entry !== undefined && isPending(entry.state);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>> | null>(null);
  const parameters = useMemo(() => chosen ?? answer?.parameters ?? defaultParameters(endpoint, new Date()), [chosen, answer, endpoint]);
  const titleId = `card-${endpoint.id.replaceAll('.', '-')}`;
  return (
    <Card withBorder radius="md" padding="md" component="section" aria-labelledby={titleId} aria-busy={pending} data-consultation={entry?.consultationId}>
      <Stack gap="sm" h="100%">
        <CardHead endpoint={endpoint} titleId={titleId} state={entry?.state} answer={answer} card={card} />
        <ProvenanceProvider value={answer}>
          <CardMiddle endpoint={endpoint} state={entry?.state} answer={answer} card={card} callable={callable} />
        </ProvenanceProvider>
        {entry?.previousAnswer && answer && <Changes older={entry.previousAnswer} newer={answer} />}
        {answer && <CardDocuments endpoint={endpoint} answer={answer} />}
        <Group justify="space-between" align="flex-end" className="sheet-foot">
          <CallDetail title={endpoint.title} state={entry?.state} answer={answer} />
          {callable && !pending && <CallParameters endpoint={endpoint} values={parameters} onChange={setChosen} />}
          <CardActions endpoint={endpoint} entry={entry} callable={callable} parameters={parameters} onConsult={onConsult} />
        </Group>
      </Stack>
    </Card>
  );
});

function CardDocuments({ endpoint, answer }: { readonly endpoint: Endpoint; readonly answer: Answer }): ReactNode {
  return (
    <>
      {answer.documents.length > 0 && <DocumentOffers answer={answer} />}
      <DocumentNote endpoint={endpoint} answer={answer} />
    </>
  );
}

interface HeadProps {
  readonly endpoint: Endpoint;
  readonly titleId: string;
  readonly state: ConsultationState | undefined;
  readonly answer: Answer | null;
  readonly card: CardModel | null;
}

function CardHead({ endpoint, titleId, state, answer, card }: HeadProps): ReactNode {
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <div>
        <Title order={3} size="h5" id={titleId}>
          {endpoint.title}
        </Title>
        <Text size="xs" c="dimmed">
          {endpoint.providerLabel}
          {answer && ` · lu le ${readInstant(answer.receivedAt)}`}
        </Text>
        {endpoint.version === 2 && <Text size="xs" c="var(--mantine-color-orange-light-color)" fw={560}>{V2_MARK}</Text>}
      </div>
      <CardStatus state={state} outcome={card?.outcome ?? null} />
    </Group>
  );
}

interface MiddleProps {
  readonly endpoint: Endpoint;
  readonly state: ConsultationState | undefined;
  readonly answer: Answer | null;
  readonly card: CardModel | null;
  readonly callable: boolean;
}

function CardMiddle({ endpoint, state, answer, card, callable }: MiddleProps): ReactNode {
  return (
    <>
      {state && <Progress state={state} perimeter={endpoint.perimeter} keepsAnswer={answer !== null} />}
      {!callable && <Text size="sm" c="dimmed">Le dossier ne connaît pas l’identifiant attendu ici (SIRET ou numéro RNA) : ajoutez l’entreprise avec son établissement.</Text>}
      {!state && callable && <Text size="sm" c="dimmed">{endpoint.perimeter}</Text>}
      {card && <CardBody title={endpoint.title} card={card} />}
      {!card && state && isPending(state) && <Skeleton height={64} radius="sm" aria-hidden />}
    </>
  );
}

function Progress({ state, perimeter, keepsAnswer }: { readonly state: ConsultationState; readonly perimeter: string; readonly keepsAnswer: boolean }): ReactNode {
  if (state.step === 'queued') {
    return (
      <Text size="sm">
        {state.reason} {state.position > 0 && `Votre tour vient dans ${waitText(state.waitMs)}.`}
      </Text>
    );
  }
  if (state.step !== 'failed') return null;
  const { error } = state;
  // Nothing wrong: the providers that do not cover a company must not hide those that do.
  if (error.kind === 'outside_perimeter') return <OutsidePerimeter message={error.message} advice={error.advice} perimeter={perimeter} keepsAnswer={keepsAnswer} />;
  return (
    <Alert color={alertColors[toneOfError[error.kind]]} title={error.message} radius="sm" p="sm">
      <Text size="sm">{error.advice}</Text>
      {keepsAnswer && <Text size="sm" mt={4}>La réponse précédente reste affichée ci-dessous.</Text>}
    </Alert>
  );
}

interface OutsidePerimeterProps {
  readonly message: string;
  readonly advice: string;
  readonly perimeter: string;
  readonly keepsAnswer: boolean;
}

function OutsidePerimeter({ message, advice, perimeter, keepsAnswer }: OutsidePerimeterProps): ReactNode {
  return (
    <div>
      <Text size="sm">{message}{!message.includes(perimeter) && ` Périmètre\u00a0: ${perimeter}`}</Text>
      <Text size="xs" c="dimmed" mt={2}>{advice}{keepsAnswer && ' La réponse précédente reste affichée ci-dessous.'}</Text>
    </div>
  );
}

/** Nothing calls for another try. */
function isQuiet(state: ConsultationState | undefined): boolean {
  return state?.step === 'answered' || (state?.step === 'failed' && state.error.kind === 'outside_perimeter');
}

function CardActions({ endpoint, entry, callable, parameters, onConsult }: EndpointCardProps & { readonly parameters: Readonly<Record<string, string>> }): ReactNode {
  if (!callable) return null;
  if (entry && isPending(entry.state)) {
    return (
      <Button size="xs" variant="default" leftSection={<IconX size={14} aria-hidden />} onClick={() => void cancelConsultation(entry.consultationId)} aria-label={`Annuler\u00a0: ${endpoint.title}`}>
        Annuler
      </Button>
    );
  }
  const label = !entry ? 'Consulter' : entry.state.step === 'failed' ? 'Réessayer' : 'Actualiser';
  const icon = entry ? <IconRefresh size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />;
  const options: CallOptions = { parameters: filled(parameters), ...(entry?.state.step === 'answered' ? { fresh: true } : {}) };
  const disabled = !canSend(endpoint, parameters);
  return (
    <Group gap={2} wrap="nowrap">
      <CallJustification title={endpoint.title} disabled={disabled} onSend={(override) => onConsult(endpoint, { ...options, ...override })} />
      <Button
        size="xs"
        variant={isQuiet(entry?.state) ? 'subtle' : 'light'}
        leftSection={icon}
        disabled={disabled}
        onClick={() => onConsult(endpoint, options)}
        aria-label={`${label} : ${endpoint.title}`}
      >
        {label}
      </Button>
    </Group>
  );
}
