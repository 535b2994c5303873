import { foldText } from '../../shared/domain/fold-text';
import type { Database } from '../storage/database';

/** Gives the searches of this database `fold(text)`, the fold that every search shares. */
export function provideFold(database: Database): void {
  database.function('fold', { deterministic: true }, (text: unknown) => foldText(String(text)));
}
