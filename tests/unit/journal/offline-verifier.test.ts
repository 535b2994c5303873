import { readFileSync, writeFileSync } from 'node:fs';

import { beforeEach, describe, expect, it } from 'vitest';

import { envelopeText, sha256Hex } from '../../../electron/journal/format';
import { generateSealKey } from '../../../electron/journal/index';
import { makeSeal } from '../../../electron/journal/seal';
import { hashAgain, type Item, makeTwoSessions, rewrite, rowAt, runVerifier, writeJsonLines } from './forgery';
import type { Bench } from './support';

let bench: Bench;
let path: string;

beforeEach(async () => {
  bench = await makeTwoSessions();
  path = await writeJsonLines(bench);
});

describe('verify-journal.mjs', () => {
  it('finds an untouched export intact', () => {
    const key = bench.options.sealKey.publicKey().toString('base64');
    const { status, output } = runVerifier(path, '--key', key);
    expect(output).toContain('Intact : 16 lignes');
    expect(output).toContain('10 montrées, 2 sceaux');
    expect(status).toBe(0);
  });

  it("walks the whole chain of a filtered export, which tells nothing of the others' lines", async () => {
    await writeJsonLines(bench, { agentId: 'agent-1' });
    expect(runVerifier(path).output).toContain('3 montrées');
    expect(readFileSync(path, 'utf8')).not.toContain('\\"agentId\\":\\"agent-2');
  });

  const cases: readonly (readonly [string, string, number, (items: Item[]) => Item[]])[] = [
    ['a changed content', 'edited', 5, (items) => {
      const row = rowAt(items, 5);
      row.content = row.content?.replace('200', '404') ?? '';
      return items;
    }],
    ['a changed time', 'edited', 5, (items) => ((rowAt(items, 5).at += 1), items)],
    ['a row hashed again', 'edited', 5, (items) => ((rowAt(items, 5).at += 1), hashAgain(items, 5, 5))],
    ['everything hashed again', 'edited', 9, (items) => ((rowAt(items, 12).at += 1), hashAgain(items, 12))],
    ['a removed row', 'removed', 5, (items) => items.filter((item) => item !== rowAt(items, 5))],
    ['a removed row with the rest numbered again', 'removed', 5, (items) => {
      const left = items.filter((item) => item !== rowAt(items, 5));
      for (const item of left) if (item.type === 'row' && item.seq > 5) item.seq -= 1;
      return left;
    }],
    ['an inserted row', 'inserted', 5, (items) => {
      const before = rowAt(items, 4);
      const position = items.indexOf(before) + 1;
      for (const item of items) if (item.type === 'row' && item.seq > 4) item.seq += 1;
      const forged = { type: 'row', seq: 5, at: before.at, offset: 60, event: 'session.opened', prev: before.hash, commitment: before.commitment, hash: '' } as Item;
      forged.hash = sha256Hex(envelopeText({ ...forged, intent: null } as unknown as Parameters<typeof envelopeText>[0]));
      return [...items.slice(0, position), forged, ...items.slice(position)];
    }],
    ['two rows swapped', 'reordered', 5, (items) => {
      const [first, second] = [items.indexOf(rowAt(items, 5)), items.indexOf(rowAt(items, 6))];
      [items[first], items[second]] = [items[second] as Item, items[first] as Item];
      return items;
    }],
    ['the end cut', 'truncated', 14, (items) => items.filter((item) => item.type === 'header' || item.seq < 14)],
    ['a removed seal', 'removed', 16, (items) => items.filter((item) => item.type !== 'seal' || item.seq !== 16)],
    ['the removed seal of a close', 'removed', 8, (items) => items.filter((item) => item.type !== 'seal' || item.seq !== 8)],
    ['a row stripped of its content', 'edited', 6, (items) => {
      const row = rowAt(items, 6);
      delete row.content;
      delete row['salt'];
      for (const item of items) if (item.type === 'header' || item.type === 'footer') item['lineCount'] = Number(item['lineCount']) - 1;
      return items;
    }],
    ['the beginning cut', 'removed', 1, (items) => {
      const left = items.filter((item) => item.type === 'header' || item.type === 'footer' || item.seq > 8);
      const lineCount = left.filter(({ type, content, event }) => type === 'row' && content !== undefined && event !== 'call.outcome').length;
      Object.assign(left[0] as Item, { fromSeq: 9, previousHash: rowAt(items, 8).hash, lineCount });
      Object.assign(left.at(-1) as Item, { rowCount: 8, lineCount });
      return left;
    }],
    ['a seal of another key, said to be of before', 'foreign_seal', 8, (items) => {
      const { hash, at } = rowAt(items, 8);
      const seal = makeSeal(generateSealKey().key, 8, hash, at);
      (items[0] as Item)['formerPublicKeys'] = [seal.publicKey];
      return items.map((item) => (item.type === 'seal' && item.seq === 8 ? ({ type: 'seal', ...seal } as unknown as Item) : item));
    }],
    ['a seal of another key', 'foreign_seal', 16, (items) =>
      items.map((item) => (item.type === 'seal' && item.seq === 16 ? ({ type: 'seal', ...makeSeal(generateSealKey().key, 16, item.hash, item.at) } as unknown as Item) : item))],
  ];
  it.each(cases)('names %s: %s, row %i', (_name, kind, seq, change) => {
    rewrite(path, change);
    const { status, output } = runVerifier(path);
    expect(output).toContain(`Rupture (${kind}) à la ligne ${seq} `);
    expect(status).toBe(1);
  });

  it('names an older copy when told a later head', () => {
    expect(runVerifier(path, '--head', `40:${'0'.repeat(64)}`).output).toContain('Rupture (older_copy) à la ligne 17 ');
    expect(runVerifier(path, '--head', `12:${'0'.repeat(64)}`).output).toContain('Rupture (older_copy) à la ligne 12 ');
  });

  it('refuses the key of another workstation', () => {
    const other = generateSealKey().key.publicKey().toString('base64');
    expect(runVerifier(path, '--key', other)).toMatchObject({ status: 1, output: expect.stringContaining('foreign_seal') as string });
  });

  it('says when a file is no export at all', () => {
    writeFileSync(path, 'bonjour\n');
    expect(runVerifier(path).status).toBe(2);
  });
});
