import type { Answer, DocumentOffer } from '../domain/consultation';
import { isJsonObject, type JsonValue } from '../domain/json';
import { readDate } from './dates';
import { valueAt } from './pointer';

/** What tells a document from its neighbours in a list: nature of a deed, closing date of accounts, name of a file. */
export function offerDetail({ data }: Pick<Answer, 'data'>, { pointer }: Pick<DocumentOffer, 'pointer'>): string {
  // Pointers start at the body's root, where version 3 has its envelope.
  const item = valueAt(data, pointer.replace(/^\/data(?=\/)/, '').replace(/\/[^/]*$/, ''));
  if (!isJsonObject(item) || pointer.split('/').length <= 3) return '';
  const closing = item['date_cloture'];
  const parts = [
    ...deedNatures(item['types_actes']),
    text(item['type']),
    text(item['nom']),
    text(item['nom_certificat'] ?? item['domaine']),
    typeof closing === 'string' ? `exercice clos le ${readDate(closing) ?? closing}` : '',
  ];
  return [...new Set(parts.filter((part) => part !== ''))].join(', ');
}

/** INPI: a file may gather several deeds. */
function deedNatures(types: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(types)) return [];
  return (types as readonly JsonValue[]).map((one) => (isJsonObject(one) ? [text(one['type_acte']), text(one['type_decision'])].filter(Boolean).join(' : ') : ''));
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}
