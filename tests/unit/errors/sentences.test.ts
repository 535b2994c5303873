import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { alteredRowStop, plainStops } from '../../../electron/journal/call-stops';
import type { TransportProblem } from '../../../shared/domain/transport';
import { transportFailure } from '../../../shared/errors';
import { platformCodes } from '../../../shared/errors/platform-codes';
import { providerCodes, suffixCodes } from '../../../shared/errors/provider-codes';
import { wordsOfKind } from '../../../shared/errors/words';

const root = join(import.meta.dirname, '../../..');

/** A sentence: a capital (or a name put in), several words, an end. Never a code alone. */
const SENTENCE = /^(?:«\s|[A-ZÀÉÊÎÔ{…\d])(?:\S+\s+){2,}\S*[.?!…]\)?$/su;
/** What to do is asked of the reader, or done by the application for him. */
const ADVICE = /\p{L}+ez(?!\p{L})|\bDites à |L’application |\best à \p{L}+er\b|Un rappel est proposé|rien d’autre n’est à faire|C’est une réponse de fond/u;

/** A message and its advice put together: each is looked at in its own table. */
const MADE_OF_SENTENCES = /(?:^…|\.) …$/;

const faultsOf = (text: string): string[] => [...(MADE_OF_SENTENCES.test(text) || SENTENCE.test(text) ? [] : ['no sentence']), ...(MADE_OF_SENTENCES.test(text) || ADVICE.test(text) ? [] : ['no advice'])].map((fault) => `${fault}: ${text}`);

/** Every one of them, or the compiler says which is missing. */
const problemsOnTheWay: Readonly<Record<TransportProblem, true>> = {
  dns: true, no_network: true, connect_refused: true, connect_timeout: true, authority_unknown: true, certificate_expired: true, certificate_not_yet_valid: true,
  certificate_other_host: true, tls_too_old: true, client_certificate: true, tls: true, proxy_unreachable: true, proxy_password: true,
  proxy_password_refused: true, proxy_unconfirmed: true, proxy_refused: true, proxy_no_route: true, proxy_unsupported: true, captive: true, silence: true, cut: true,
  cancelled: true, too_large: true, other: true,
};

describe('what is said of a failed call', () => {
  const tables = { ...platformCodes, ...providerCodes, ...suffixCodes, ...wordsOfKind, ...plainStops, altered: alteredRowStop(12) };

  it.each(Object.entries(tables))('%s: what happened, then what to do', (_code, { message, advice }) => {
    expect(message).toMatch(SENTENCE);
    expect(advice).toMatch(SENTENCE);
    expect(advice).toMatch(ADVICE);
  });

  it.each(Object.keys(problemsOnTheWay) as TransportProblem[])('%s, on the way: what happened, then what to do', (problem) => {
    const { message, advice } = transportFailure(problem, {});
    expect(message).toMatch(SENTENCE);
    expect(advice).toMatch(SENTENCE);
    expect(advice).toMatch(ADVICE);
  });
});

interface Said {
  readonly place: string;
  readonly text: string;
}

/** The text of a literal or a template; what is put in stands as « … ». Undefined for anything else. */
function textOf(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  return undefined;
}

/** Where the sentences of a refusal are written when they are not in the call itself. */
const TABLE = /^(?:problems|words|wordsOf\w*|\w*FailureSentences?)$/;

function refusalsOf(file: string): readonly Said[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const said: Said[] = [];
  const keep = (node: ts.Expression | undefined): void => {
    const text = textOf(node);
    if (text !== undefined && node !== undefined) said.push({ place: `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`, text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'IpcFailure') keep(node.arguments?.[1]);
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'failure') keep(node.arguments[1]);
    if (ts.isVariableDeclaration(node) && TABLE.test(node.name.getText(source)) && node.initializer) keepTable(node.initializer);
    ts.forEachChild(node, visit);
  };
  const keepTable = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) keep(node.initializer);
    ts.forEachChild(node, keepTable);
  };
  visit(source);
  return said;
}

describe('what main answers instead of doing what was asked', () => {
  it('is a sentence that says what happened and what to do', async () => {
    const said: Said[] = [];
    for await (const file of glob('electron/**/*.ts', { cwd: root, exclude: (name) => name === 'sandbox' })) said.push(...refusalsOf(file));
    expect(said.length).toBeGreaterThan(100);
    expect(said.flatMap(({ place, text }) => faultsOf(text).map((fault) => `${place} ${fault}`))).toEqual([]);
  });
});
