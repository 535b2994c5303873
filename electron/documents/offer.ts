import type { DocumentSource } from '../../shared/catalogue/types';
import type { Answer } from '../../shared/domain/consultation';
import type { Call } from '../consultation';

/** Where the document was offered: the first answer, then the renewed one. */
export interface Offer {
  readonly answer: Answer;
  readonly call: Call;
  readonly pointer: string;
  readonly source: DocumentSource;
}
