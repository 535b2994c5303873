import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from 'saxes';

import { unreadable } from './table';

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of one kind of part does with its elements; it collects, {@link walkXml} hands over. */
export interface XmlVisitor<T> {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
  /** What was made since it was last asked. */
  readonly take: () => readonly T[];
}

/** Markup or text longer than this, without an end in sight, would be kept whole by the parser. */
const MAX_TOKEN_CHARACTERS = 4_000_000;

/** Reads a part piece by piece. Entities of its own are refused: no workbook has any, every XML bomb does. */
export async function* walkXml<T>(bytes: AsyncIterable<Buffer>, visitor: XmlVisitor<T>): AsyncGenerator<T> {
  const parser = new SaxesParser();
  let failure: Error | null = null;
  let sinceToken = 0;
  parser.on('error', (error) => (failure ??= error));
  parser.on('doctype', () => (failure ??= new Error('doctype')));
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    sinceToken = 0;
    visitor.open?.(name, attributes as Record<string, SaxesAttributePlain['value']>);
  });
  parser.on('text', (text) => visitor.text?.(text));
  parser.on('cdata', (text) => visitor.text?.(text));
  parser.on('closetag', ({ name }) => {
    sinceToken = 0;
    visitor.close?.(name);
  });
  const decoder = new TextDecoder('utf-8');
  const write = (text: string): readonly T[] => {
    sinceToken += text.length;
    parser.write(text);
    if (failure || sinceToken > MAX_TOKEN_CHARACTERS) throw unreadable('Ce classeur contient une partie illisible\u00a0: ouvrez-le dans le tableur, puis enregistrez-le à nouveau.');
    return visitor.take();
  };
  for await (const chunk of bytes) yield* write(decoder.decode(chunk, { stream: true }));
  yield* write(decoder.decode());
}

/** Every element of a small part. */
export async function elementsOf(bytes: AsyncIterable<Buffer>): Promise<readonly { readonly name: string; readonly attributes: Attributes }[]> {
  const found: { name: string; attributes: Attributes }[] = [];
  const visitor = { open: (name: string, attributes: Attributes) => void found.push({ name, attributes }), take: () => found.splice(0) };
  const all: { name: string; attributes: Attributes }[] = [];
  for await (const element of walkXml(bytes, visitor)) all.push(element);
  return all;
}
