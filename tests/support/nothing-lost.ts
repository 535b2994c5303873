import { expect } from 'vitest';

import type { DocumentOffer } from '../../shared/domain/consultation';
import type { JsonObject, JsonValue } from '../../shared/domain/json';
import { type CardModel, readCard } from '../../shared/reading';
import { isEmptyEnvelope } from '../../shared/reading/card';
import { leavesOf } from '../../shared/reading/pointer';

interface ReadBody {
  readonly data: JsonValue;
  readonly meta: JsonValue;
  readonly documents?: readonly DocumentOffer[];
}

function cellsOf(card: CardModel) {
  return [...card.facts, ...card.fields, ...card.others, ...card.tables.flatMap((table) => table.rows.flat().filter((cell) => cell !== null))];
}

/** Every leaf of the body is told by a cell, once, with its own value; a document is told by its offer. */
export function expectNothingLost({ data, meta, documents = [] }: ReadBody, path: string | undefined): CardModel {
  const card = readCard({ data, meta: meta as JsonObject, documents }, path);
  const cells = cellsOf(card);
  const told = cells.flatMap((cell) => cell.sources);
  const offered = new Set(documents.map(({ pointer }) => pointer));
  const leaves = leavesOf({ data, meta }).filter((leaf) => !isEmptyEnvelope(leaf) && !offered.has(leaf.pointer));
  expect(told.map(({ pointer }) => pointer).sort()).toEqual(leaves.map(({ pointer }) => pointer).sort());
  const values = new Map(told.map(({ pointer, value }) => [pointer, value]));
  for (const { pointer, value } of leaves) expect(values.get(pointer)).toEqual(value);
  for (const cell of cells) expect(cell.text.trim()).not.toBe('');
  return card;
}
