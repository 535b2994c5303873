import { readFileSync, writeFileSync } from 'node:fs';

import { beforeEach, describe, expect, it } from 'vitest';

import { sha256Hex } from '../../../electron/journal/format';
import { generateSealKey } from '../../../electron/journal/index';
import { makeSeal } from '../../../electron/journal/seal';
import { hashAgain, type Item, makeTwoSessions, rewrite, rowAt, runVerifier, toLines, writeJsonLines } from './forgery';
import { type Bench, makeBench, recordCall } from './support';

let bench: Bench;
let path: string;

beforeEach(async () => {
  bench = await makeTwoSessions();
  path = await writeJsonLines(bench);
});

/** Changes the text of the line that holds a row. */
const inRow = (seq: number, change: (line: string) => string) => (text: string) =>
  text.split('\n').map((line) => (line.startsWith(`{"type":"row","seq":${seq},`) ? change(line) : line)).join('\n');
const forge = (change: (text: string) => string | Buffer) => writeFileSync(path, change(readFileSync(path, 'utf8')));
const lastOf = (items: readonly Item[]) => items.at(-1) as Item;
const sealOf = (items: readonly Item[], seq: number) => items.find((item) => item.type === 'seal' && item.seq === seq) as Item;

describe('a line that two readers would not read alike', () => {
  const cases: readonly (readonly [string, string, number, (text: string) => string | Buffer])[] = [
    ['the same field twice', 'edited', 5, inRow(5, (line) => line.replace('"event":"call.outcome"', '"event":"session.opened","event":"call.outcome"'))],
    ['a content told twice', 'edited', 4, inRow(4, (line) => line.replace('"content":', '"content":"{}","content":'))],
    ['a number as 1e0', 'edited', 5, inRow(5, (line) => line.replace('"seq":5', '"seq":5e0'))],
    ['a number as 5.0', 'edited', 5, inRow(5, (line) => line.replace('"seq":5', '"seq":5.0'))],
    ['a number as a text', 'edited', 5, inRow(5, (line) => line.replace('"seq":5', '"seq":"5"'))],
    ['a number that only rounds to the right one', 'edited', 5, inRow(5, (line) => line.replace('"offset":60', '"offset":60.00000000000000001'))],
    ['-0', 'edited', 5, inRow(5, (line) => line.replace('"offset":60', '"offset":-0'))],
    ['a field that the format does not know', 'edited', 5, inRow(5, (line) => line.replace('"type":"row"', '"type":"row","agentName":"Autre Agent"'))],
    ['a version of its own', 'edited', 5, inRow(5, (line) => line.replace('"type":"row"', '"type":"row","v":2'))],
    ['a salt that takes some of the content', 'edited', 4, inRow(4, (line) => line.replace('","content":"{', '{","content":"'))],
    ['a salt alone', 'edited', 4, inRow(4, (line) => line.replace(/,"content":".*"/, ''))],
    ['an accent written as two characters', 'edited', 4, inRow(4, (line) => line.replace('é', 'é'.normalize('NFD')))],
    ['half a character', 'edited', 4, inRow(4, (line) => line.replace('é', '\\ud800'))],
    ['bytes that are no text', 'edited', 2, (text) => Buffer.from(text, 'latin1')],
    ['a NUL', 'edited', 4, inRow(4, (line) => line.replace('é', '\\u0000'))],
    ['a line feed in a text', 'edited', 4, inRow(4, (line) => line.replace('é', '\n'))],
    ['a character written as its number', 'edited', 4, inRow(4, (line) => line.replace('é', '\\u00e9'))],
    ['spaces at its end', 'edited', 5, inRow(5, (line) => `${line}  `)],
    ['a line that is no record', 'edited', 5, inRow(5, (line) => `bonjour\n${line}`)],
    ['a record of a kind unknown', 'edited', 5, inRow(5, (line) => `{"type":"note","text":"vu"}\n${line}`)],
  ];
  it.each(cases)('%s: %s, row %i', (_name, kind, seq, change) => {
    forge(change);
    expect(runVerifier(path)).toMatchObject({ status: 1, output: expect.stringContaining(`Rupture (${kind}) à la ligne ${seq} `) as string });
  });

  it('is not one that what carried the file has changed: ends of Windows, or no last end', () => {
    forge((text) => text.replaceAll('\n', '\r\n'));
    expect(runVerifier(path).status).toBe(0);
    forge((text) => text.trimEnd());
    expect(runVerifier(path).status).toBe(0);
  });

  it('is not one that holds a separator of Unicode, pasted by an agent', async () => {
    const journal = bench.open();
    await recordCall(journal, { writtenReason: 'Contrôle\u2028demandé\u2029par le maire\u0085 \ufeff' });
    journal.close();
    path = await writeJsonLines(bench);
    expect(runVerifier(path)).toMatchObject({ status: 0, output: expect.stringContaining('Intact : 20 lignes') as string });
  });
});

describe('a file that is no export of this version', () => {
  it.each<readonly [string, (text: string) => string]>([
    ['another version', (text) => text.replace('"version":1', '"version":2')],
    ['a mark of Windows first', (text) => `\ufeff${text}`],
    ['a row first', (text) => text.slice(text.indexOf('\n') + 1)],
    ['a header with a field of its own', (text) => text.replace('"type":"header"', '"type":"header","verified":"oui"')],
    ['a first row that is a text', (text) => text.replace('"fromSeq":1', '"fromSeq":"1"')],
  ])('%s: not read', (_name, change) => {
    forge(change);
    expect(runVerifier(path).status).toBe(2);
  });
});

describe('what stands around the rows', () => {
  const cases: readonly (readonly [string, string, number, (items: Item[]) => readonly Item[]])[] = [
    ['two exports one after the other', 'inserted', 17, (items) => [...items, ...items]],
    ['a row after the footer', 'inserted', 17, (items) => [...items, rowAt(items, 16)]],
    ['a second footer', 'inserted', 17, (items) => [...items, lastOf(items)]],
    ['a seal told twice', 'inserted', 8, (items) => items.flatMap((item) => (item === sealOf(items, 8) ? [item, item] : [item]))],
    ['a seal moved', 'removed', 8, (items) => [...items.filter((item) => item !== sealOf(items, 8)).slice(0, -1), sealOf(items, 8), lastOf(items)]],
    ['every seal taken away, and the rows after the close', 'removed', 15, (items) => {
      const left = items.filter(({ type, seq }) => type === 'header' || (type === 'row' && seq >= 9 && seq <= 15));
      const lineCount = left.filter(({ type, content, event }) => type === 'row' && content !== undefined && event !== 'call.outcome').length;
      Object.assign(left[0] as Item, { filter: { kind: 'calls' }, fromSeq: 9, toSeq: 15, lineCount, previousHash: rowAt(items, 8).hash });
      return [...left, { ...lastOf(items), rowCount: 7, lineCount, headSeq: 15, headHash: rowAt(items, 15).hash, lastSealSeq: 8 }];
    }],
    ['the end cut, the footer made again', 'truncated', 15, (items) => {
      const left = items.filter(({ type, seq }) => type === 'header' || seq < 15);
      const lineCount = left.filter(({ type, content, event }) => type === 'row' && content !== undefined && event !== 'call.outcome').length;
      Object.assign(left[0] as Item, { lineCount });
      return [...left, { ...lastOf(items), rowCount: 14, lineCount, headSeq: 14, headHash: rowAt(items, 14).hash, lastSealSeq: 8 }];
    }],
    ['rows in another order, numbered again', 'reordered', 5, (items) => {
      const [first, second] = [rowAt(items, 5), rowAt(items, 6)];
      const [firstPlace, secondPlace] = [items.indexOf(first), items.indexOf(second)];
      items[firstPlace] = { ...second, seq: 5 };
      items[secondPlace] = { ...first, seq: 6 };
      return items;
    }],
    ['a row numbered below zero', 'reordered', -5, (items) => ((rowAt(items, 5).seq = -5), items)],
    ['a row numbered beyond counting', 'removed', 5, (items) => ((rowAt(items, 5).seq = Number.MAX_SAFE_INTEGER), items.filter(({ seq }) => seq !== 6))],
    ['a header that claims rows without end', 'truncated', 17, (items) => ((items[0] as Item)['toSeq'] = Number.MAX_SAFE_INTEGER, items)],
    ['an opening that announces the key of somebody else, who sealed again', 'foreign_seal', 16, (items) => {
      const { key } = generateSealKey();
      const opening = rowAt(items, 9);
      const genuine = bench.options.sealKey.publicKey().toString('base64');
      opening.content = (opening.content ?? '').replace(genuine, key.publicKey().toString('base64'));
      opening.commitment = commit(opening);
      hashAgain(items, 9);
      lastOf(items)['headHash'] = rowAt(items, 16).hash;
      return items.map((item) => (item === sealOf(items, 16) ? ({ type: 'seal', ...makeSeal(key, 16, rowAt(items, 16).hash, item.at) } as unknown as Item) : item));
    }],
  ];
  it.each(cases)('%s: %s, row %i', (_name, kind, seq, change) => {
    rewrite(path, change);
    expect(runVerifier(path, '--key', bench.options.sealKey.publicKey().toString('base64'))).toMatchObject({
      status: 1,
      output: expect.stringContaining(`Rupture (${kind}) à la ligne ${seq} `) as string,
    });
  });

  it('says the rows missing to a head known, whatever the header claims', () => {
    rewrite(path, (items) => ((items[0] as Item)['toSeq'] = 99, items));
    expect(runVerifier(path, '--head', `40:${'0'.repeat(64)}`).status).toBe(1);
  });

  it('is cut at the end of a line, or within one: truncated either way', () => {
    const lines = toLines([]) + readFileSync(path, 'utf8');
    const end = lines.indexOf('\n', lines.indexOf('"seq":13')) + 1;
    for (const length of [end, end + 30]) {
      writeFileSync(path, lines.slice(0, length));
      expect(runVerifier(path).output).toContain('Rupture (truncated) à la ligne 14 ');
    }
  });

  it('comes with the last seal, also when no line is shown', async () => {
    path = await writeJsonLines(bench, { agentId: 'nobody' });
    expect(runVerifier(path)).toMatchObject({ status: 0, output: expect.stringContaining('1 sceaux') as string });
  });
});

describe('the end of retention', () => {
  it('covers no row that was too young, whatever the chain announces', async () => {
    const MONTH_MS = 31 * 86_400_000;
    bench = makeBench();
    const journal = bench.open();
    await recordCall(journal);
    bench.clock.at += MONTH_MS;
    const data = { throughSeq: 3 };
    await journal.record({ event: 'journal.purged', data });
    journal.close();
    path = await writeJsonLines(bench);
    rewrite(path, (items) => {
      for (const seq of [1, 2, 3]) {
        delete rowAt(items, seq).content;
        delete rowAt(items, seq)['salt'];
      }
      for (const item of [items[0] as Item, lastOf(items)]) item['lineCount'] = 2;
      return items;
    });
    expect(runVerifier(path).output).toContain('Rupture (edited) à la ligne 1 ');
  });
});

function commit({ salt, content }: Item): string {
  return sha256Hex(`${String(salt)}${content ?? ''}`);
}
