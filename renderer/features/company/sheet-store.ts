import { create } from 'zustand';

import { defaultParameters, identifierFor } from '../../../shared/catalogue';
import type { Endpoint } from '../../../shared/catalogue/types';
import type { Answer, ConsultationState, JustificationOverride } from '../../../shared/domain/consultation';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import { callMain, messageOf, onMain } from '../../app/bridge';
import { sessionStore } from '../../app/session-memory';
import { gathering } from './gathering';

/** One card: its last call, and the answer that stays on screen while a new call runs. */
export interface CardEntry {
  readonly endpointId: string;
  readonly consultationId: string;
  readonly state: ConsultationState;
  readonly lastAnswer: Answer | null;
  /** Answer shown before the last one: what « Comparer » starts from. */
  readonly previousAnswer: Answer | null;
}

type Sheet = Readonly<Record<string, CardEntry>>;

interface SheetStore {
  readonly sheets: Readonly<Record<string, Sheet>>;
  readonly loadError: string | null;
}

const EMPTY: Sheet = {};

export const useSheets = sessionStore(create<SheetStore>(() => ({ sheets: {}, loadError: null })));

export function sheetKey(dossierId: string, identifier: string): string {
  return `${dossierId}:${identifier}`;
}

export function useSheet(dossierId: string, identifier: string): Sheet {
  return useSheets(({ sheets }) => sheets[sheetKey(dossierId, identifier)] ?? EMPTY);
}

/** True while a call has no outcome yet. */
export function isPending(state: ConsultationState): boolean {
  return state.step === 'preparing' || state.step === 'queued' || state.step === 'running';
}

interface CardChange {
  readonly key: string;
  readonly endpointId: string;
  /** Undefined leaves the card as it is. */
  readonly change: (card: CardEntry | undefined) => CardEntry | undefined;
}

type Sheets = SheetStore['sheets'];

function changed(sheets: Sheets, { key, endpointId, change }: CardChange): Sheets {
  const sheet = sheets[key] ?? EMPTY;
  const card = change(sheet[endpointId]);
  return card === undefined ? sheets : { ...sheets, [key]: { ...sheet, [endpointId]: card } };
}

/** Of calls that have no outcome yet, the card that follows them. */
const followed = new Map<string, Omit<CardChange, 'change'>>();

/** Where a call stands may be told a little late; what it brought may not. */
const PROGRESS_WITHIN_MS = 200;
const OUTCOME_WITHIN_MS = 16;

/** Cards that change in one task: more would hold the screen while they are drawn. */
const CHANGED_TOGETHER = 3;

const updateCardWithin = gathering<CardChange>((changes) => useSheets.setState(({ sheets }) => ({ sheets: changes.reduce(changed, sheets) })), CHANGED_TOGETHER);

function withState(card: CardEntry, state: ConsultationState): CardEntry {
  if (state.step !== 'answered') return { ...card, state };
  const previousAnswer = card.lastAnswer && card.lastAnswer.consultationId !== state.answer.consultationId ? card.lastAnswer : card.previousAnswer;
  return { ...card, state, lastAnswer: state.answer, previousAnswer };
}

/** Progress of any call, brought to its card; returns the function that stops listening. */
export function listenToProgress(): () => void {
  return onMain('consultation.progress', ({ consultationId, state }) => {
    const card = followed.get(consultationId);
    // The final state comes with the call's own answer; a late progress message must not undo it.
    const change = (current: CardEntry | undefined) =>
      current?.consultationId === consultationId && isPending(current.state) ? withState(current, state) : undefined;
    if (card) updateCardWithin({ ...card, change }, PROGRESS_WITHIN_MS);
  });
}

/** Fills the sheet with the answers kept from earlier calls; cards that are running stay as they are. */
export async function loadLatest(dossierId: string, company: DossierCompany): Promise<void> {
  try {
    const identifiers = [company.identifier, ...(company.siret ? [company.siret] : [])];
    const answers = (await Promise.all(identifiers.map((identifier) => callMain('consultation.latest', { dossierId, identifier })))).flat();
    const key = sheetKey(dossierId, company.identifier);
    for (const answer of answers) {
      const kept = (card: CardEntry | undefined): CardEntry | undefined => {
        if (card && (isPending(card.state) || (card.lastAnswer && card.lastAnswer.receivedAt >= answer.receivedAt))) return undefined;
        return {
          endpointId: answer.endpointId,
          consultationId: answer.consultationId,
          state: { step: 'answered', answer },
          lastAnswer: answer,
          previousAnswer: card?.lastAnswer ?? null,
        };
      };
      updateCardWithin({ key, endpointId: answer.endpointId, change: kept }, 0);
    }
    useSheets.setState({ loadError: null });
  } catch (error) {
    useSheets.setState({ loadError: messageOf(error) });
  }
}

export interface CallOptions extends JustificationOverride {
  readonly fresh?: boolean;
  readonly writtenReason?: string;
  /** Extra parameters chosen by the agent, in place of the usual ones. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Calls one endpoint for a company of a dossier; the call leaves first, then its card says so and follows it to its end, one call at a time. */
export async function consult(dossier: Dossier, company: DossierCompany, endpoint: Endpoint, options: CallOptions = {}): Promise<void> {
  const identifier = identifierFor(endpoint, company);
  if (identifier === null) return;
  const key = sheetKey(dossier.id, company.identifier);
  const consultationId = crypto.randomUUID();
  const card = { key, endpointId: endpoint.id };
  if ([...followed.values()].some((other) => other.key === key && other.endpointId === endpoint.id)) return;
  followed.set(consultationId, card);
  const begun = (current: CardEntry | undefined): CardEntry => ({
    endpointId: endpoint.id,
    consultationId,
    state: { step: 'preparing' },
    lastAnswer: current?.lastAnswer ?? null,
    previousAnswer: current?.previousAnswer ?? null,
  });
  updateCardWithin({ ...card, change: begun }, 0);
  const state = await finalState({ consultationId, dossierId: dossier.id, endpointId: endpoint.id, identifier, parameters: defaultParameters(endpoint, new Date()), ...options });
  followed.delete(consultationId);
  const change = (current: CardEntry | undefined) => (current?.consultationId === consultationId ? withState(current, state) : undefined);
  updateCardWithin({ ...card, change }, OUTCOME_WITHIN_MS);
}

async function finalState(request: Parameters<typeof callMain<'consultation.run'>>[1]): Promise<ConsultationState> {
  try {
    return await callMain('consultation.run', request);
  } catch (error) {
    return {
      step: 'failed',
      at: new Date().toISOString(),
      error: {
        kind: 'internal',
        message: messageOf(error),
        advice: 'Rien n’est perdu : vous pouvez relancer cette consultation.',
        status: null,
        code: null,
        provider: null,
        requestId: null,
        retry: { rule: 'by_hand' },
      },
    };
  }
}

/** Every endpoint at once: main queues what the quota does not allow yet, failures stay isolated. */
export async function consultAll(dossier: Dossier, company: DossierCompany, endpoints: readonly Endpoint[]): Promise<void> {
  await Promise.all(endpoints.map((endpoint) => consult(dossier, company, endpoint)));
}

export async function cancelConsultation(consultationId: string): Promise<void> {
  await callMain('consultation.cancel', { consultationId }).catch(() => undefined);
}
