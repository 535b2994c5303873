import type { AsideLine } from '../../../shared/domain/batch';
import { csvChunksOf } from '../../files/csv';

const LINES_AT_ONCE = 500;

/** Lines kept aside, with the number that finds them in the list again. */
export function asideChunks(page: (offset: number, limit: number) => readonly AsideLine[]): AsyncIterable<string> {
  return csvChunksOf(['Ligne', 'Contenu', 'Motif', 'Nom', 'Objet'], rowsOf(page));
}

function* rowsOf(page: (offset: number, limit: number) => readonly AsideLine[]) {
  for (let offset = 0; ; offset += LINES_AT_ONCE) {
    const lines = page(offset, LINES_AT_ONCE);
    if (lines.length === 0) return;
    yield lines.map(({ number, text, reason, name, object }) => [number, text, reason, name, object]);
  }
}
