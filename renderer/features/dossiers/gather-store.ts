import { create } from 'zustand';

import { defaultParameters, findEndpoint } from '../../../shared/catalogue';
import type { Answer } from '../../../shared/domain/consultation';
import { isDocument, isInPart } from '../../../shared/domain/validity';
import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { sessionStore } from '../../app/session-memory';
import { showFailure } from '../../components/toasts';
import { download, downloadKey, useDocuments } from '../documents/documents-store';

export type NeededCall = ChannelOutput<'dossiers.completeness'>['calls'][number];

/** A gathering under way: it goes on whatever the screen, until its end or until it is stopped. */
export interface Gathering {
  readonly total: number;
  readonly done: number;
  readonly isStopped: boolean;
  readonly consultationIds: readonly string[];
}

interface GatherStore {
  /** By dossier. */
  readonly gatherings: Readonly<Record<string, Gathering | undefined>>;
}

export const useGatherings = sessionStore(create<GatherStore>(() => ({ gatherings: {} })));

/** Pieces fetched side by side; the quota orders their calls in main. */
const SIDE_BY_SIDE = 6;

function change(dossierId: string, update: (gathering: Gathering) => Gathering | undefined): void {
  useGatherings.setState(({ gatherings }) => {
    const current = gatherings[dossierId];
    return current ? { gatherings: { ...gatherings, [dossierId]: update(current) } } : { gatherings };
  });
}

const isStopped = (dossierId: string): boolean => useGatherings.getState().gatherings[dossierId]?.isStopped ?? true;

/** Fetches what is missing and renews what ends too soon. Each failure stays told in the grid; the rest goes on. */
export async function gather(dossierId: string, calls: readonly NeededCall[]): Promise<void> {
  if (useGatherings.getState().gatherings[dossierId] || calls.length === 0) return;
  useGatherings.setState(({ gatherings }) => ({ gatherings: { ...gatherings, [dossierId]: { total: calls.length, done: 0, isStopped: false, consultationIds: [] } } }));
  const waiting = byPiece(calls);
  const refusals: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let piece = waiting.shift(); piece && !isStopped(dossierId); piece = waiting.shift()) await fetchPiece(dossierId, piece, refusals);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  // Stopped by the agent, or gone with his session: there is nobody to tell.
  const isToBeTold = refusals.length > 0 && !isStopped(dossierId);
  useGatherings.setState(({ gatherings }) => ({ gatherings: { ...gatherings, [dossierId]: undefined } }));
  // What a provider refuses is told in the grid; what main refused to ask is nowhere else.
  if (isToBeTold) showFailure(refusals[0]);
}

function byPiece(calls: readonly NeededCall[]): NeededCall[][] {
  const pieces = new Map<string, NeededCall[]>();
  for (const call of calls) {
    const key = `${call.identifier} ${call.pieceId}`;
    pieces.set(key, [...(pieces.get(key) ?? []), call]);
  }
  return [...pieces.values()];
}

export function stopGathering(dossierId: string): void {
  const ids = useGatherings.getState().gatherings[dossierId]?.consultationIds ?? [];
  change(dossierId, (gathering) => ({ ...gathering, isStopped: true }));
  for (const consultationId of ids) callMain('consultation.cancel', { consultationId }).catch(() => undefined);
}

/** One resource after the other: the first that gives the piece is enough, and the others are not called. */
async function fetchPiece(dossierId: string, calls: readonly NeededCall[], refusals: unknown[]): Promise<void> {
  let isFound = false;
  for (const call of calls) {
    if (!isFound && !isStopped(dossierId)) {
      isFound = await fetchOne(dossierId, call).catch((error: unknown) => {
        refusals.push(error);
        return false;
      });
    }
    change(dossierId, (gathering) => ({ ...gathering, done: gathering.done + 1 }));
  }
}

async function fetchOne(dossierId: string, call: NeededCall): Promise<boolean> {
  const answer = call.act === 'download' ? await keptAnswer(dossierId, call) : await askAgain(dossierId, call);
  if (!answer) return false;
  if (!isDocument(call.resource)) return true;
  const pointer = newestOffer(call.resource, answer);
  if (pointer === undefined) return false;
  const offered = { consultationId: answer.consultationId, pointer };
  await download(offered);
  return useDocuments.getState().downloads[downloadKey(offered)]?.step === 'stored';
}

async function keptAnswer(dossierId: string, { asked, consultationId }: NeededCall): Promise<Answer | undefined> {
  const answers = await callMain('consultation.latest', { dossierId, identifier: asked });
  return answers.find((answer) => answer.consultationId === consultationId);
}

async function askAgain(dossierId: string, { endpointId, asked, act }: NeededCall): Promise<Answer | undefined> {
  const endpoint = findEndpoint(endpointId);
  if (!endpoint) return undefined;
  const consultationId = crypto.randomUUID();
  change(dossierId, (gathering) => ({ ...gathering, consultationIds: [...gathering.consultationIds, consultationId] }));
  const parameters = defaultParameters(endpoint, new Date());
  const state = await callMain('consultation.run', { consultationId, dossierId, endpointId, identifier: asked, parameters, fresh: act === 'renew' });
  change(dossierId, (gathering) => ({ ...gathering, consultationIds: gathering.consultationIds.filter((id) => id !== consultationId) }));
  return state.step === 'answered' ? state.answer : undefined;
}

/** An attestation is alone; of a list, the newest of what the piece asks for. */
function newestOffer(resource: string, { documents, endpointId }: Answer): string | undefined {
  const offers = documents.filter(({ pointer }) => isInPart(resource, { endpointId, pointer }));
  return [...offers].sort((one, other) => (other.documentDate ?? '').localeCompare(one.documentDate ?? ''))[0]?.pointer;
}
