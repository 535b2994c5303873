import type { Handlers } from '../dispatch';
import { type ComparisonDeps, comparePiece } from './comparison';

type PieceChannels = 'pieces.add' | 'pieces.list' | 'pieces.read' | 'pieces.compare' | 'pieces.remove';

export function pieceHandlers(deps: ComparisonDeps): Pick<Handlers, PieceChannels> {
  const { pieces } = deps;
  return {
    'pieces.add': (piece, { session }) => pieces.add(session.agent, piece),
    'pieces.list': ({ dossierId }, { session }) => pieces.list(session.agent, dossierId),
    'pieces.read': async ({ id }, { session }) => ({ bytes: await pieces.read(session.agent, id) }),
    'pieces.compare': ({ pieceId, documentId }, { session }) => comparePiece(deps, session, pieceId, documentId),
    'pieces.remove': async ({ id }, { session }) => {
      await pieces.remove(session.agent, id);
      return null;
    },
  };
}
