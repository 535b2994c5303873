import { isJsonObject, type JsonValue } from '../../../shared/domain/json';
import * as associations from '../answers/associations';
import { parisDay } from '../answers/dates';
import type { Answer, AnswerContext } from '../server/route';

/** @throws Failure 404 for who is not in the RNA. */
export function association(context: AnswerContext): Answer {
  const answer = associations.rnaRecord(context);
  const { rna_id: id = null, ...record } = isJsonObject(answer) && isJsonObject(answer['data']) ? answer['data'] : {};
  return { association: { id, ...record }, date_extraction_donnees: parisDay(context.nowMs) };
}

/** @throws Failure 404 for who is not in the RNA. */
export function associationDocuments(context: AnswerContext): Answer {
  const answer = associations.rnaDocuments(context);
  const items: JsonValue = isJsonObject(answer) ? (answer['data'] ?? []) : [];
  const documents = (items as readonly JsonValue[]).map((item) => {
    const { type = null, url = null, timestamp = null } = isJsonObject(item) && isJsonObject(item['data']) ? item['data'] : {};
    return { type, url, timestamp };
  });
  return { nombre_documents: documents.length, nombre_documents_deficients: 0, documents };
}
