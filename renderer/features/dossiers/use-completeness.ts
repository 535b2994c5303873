import { useEffect } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain } from '../../app/bridge';
import { type Loaded, useLoaded } from '../../components/use-loaded';
import type { Dossier } from './dossier-rows';
import { useGatherings } from './gather-store';

export type Completeness = ChannelOutput<'dossiers.completeness'>;
export type CompletenessRow = Completeness['rows'][number];
export type PieceList = NonNullable<Completeness['list']>;
export type RequiredPiece = PieceList['pieces'][number];

/** Measured again whenever the dossier changes or a gathering goes one step further. */
export function useCompleteness(dossier: Dossier): Loaded<Completeness> {
  const done = useGatherings(({ gatherings }) => gatherings[dossier.id]?.done ?? -1);
  const loaded = useLoaded(() => callMain('dossiers.completeness', { id: dossier.id }), `${dossier.id} ${dossier.updatedAt}`);
  const { reload } = loaded;
  useEffect(reload, [done, reload]);
  return loaded;
}
