import { isDeepStrictEqual } from 'node:util';

import type { Answer } from '../../shared/domain/consultation';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json';

/** Steps of a pointer inside `data`: pointers start at the body's root, where version 3 has its envelope. */
function stepsOf(pointer: string): readonly string[] {
  return pointer.replace(/^\/data(?=\/)/, '').split('/').slice(1);
}

/** The object that holds the link: what the answer says of the document. */
export function besideLink(data: JsonValue, pointer: string): JsonObject | undefined {
  let parent: JsonValue | undefined = data;
  for (const step of stepsOf(pointer).slice(0, -1)) {
    if (Array.isArray(parent)) parent = (parent as readonly JsonValue[])[Number(step)];
    else parent = isJsonObject(parent) ? parent[step] : undefined;
  }
  return isJsonObject(parent) ? parent : undefined;
}

/** What changes from one answer to the next without the document being another. */
const ABOUT_THE_LINK = /expires_in$|^timestamp$/;

function identityOf(data: JsonValue, pointer: string): JsonObject | undefined {
  const parent = besideLink(data, pointer);
  return parent && Object.fromEntries(Object.entries(parent).filter(([key]) => !ABOUT_THE_LINK.test(key)));
}

function shapeOf(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*');
}

/**
 * Where a renewed answer offers the same document. In a list its place may have moved (a deed was filed meanwhile):
 * the item that says the same is the same, and equal items keep their order.
 */
export function samePlace(former: Answer, renewed: Answer, pointer: string): string | undefined {
  const shape = shapeOf(pointer);
  if (shape === pointer) return renewed.documents.some((offer) => offer.pointer === pointer) ? pointer : undefined;
  const identity = identityOf(former.data, pointer);
  const equalsIn = (answer: Answer): readonly string[] =>
    answer.documents.map((offer) => offer.pointer).filter((one) => shapeOf(one) === shape && isDeepStrictEqual(identityOf(answer.data, one), identity));
  return equalsIn(renewed)[equalsIn(former).indexOf(pointer)];
}
