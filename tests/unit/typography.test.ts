import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** A line never breaks before these signs, after « or before a unit: the space there is one that does not break. */
const breakable = /« |[^\s] (?=[»:;!?%€](?!\w))|\d (?=(?:s|ms|min|Mo|ko|Go|px|jours?|heures?|mois)\b)/g;

/** Every text of a source file that a reader may see, with its line. */
function textsOf(path: string): readonly { readonly text: string; readonly line: number }[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const texts: { text: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push({ text: node.getText(source), line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

test('no French sentence of the screens breaks before its punctuation', async () => {
  const faults: string[] = [];
  for await (const file of glob(['renderer/**/*.{ts,tsx}', 'shared/**/*.ts'], { cwd: root })) {
    for (const { text, line } of textsOf(join(root, file))) {
      const [found] = text.match(breakable) ?? [];
      if (found !== undefined) faults.push(`${file}:${line} ${text.trim().slice(0, 80)}`);
    }
  }
  expect(faults).toEqual([]);
});

test('no French sentence of the screens has a typewriter’s apostrophe', async () => {
  const faults: string[] = [];
  for await (const file of glob(['renderer/**/*.{ts,tsx}', 'shared/**/*.ts'], { cwd: root })) {
    for (const { text, line } of textsOf(join(root, file))) if (/\p{L}'\p{L}/u.test(text)) faults.push(`${file}:${line} ${text.trim().slice(0, 80)}`);
  }
  expect(faults).toEqual([]);
});
