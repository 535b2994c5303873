import { readAnchors } from '../anchor';
import { keysOf, readAnnouncements } from '../announcements';
import { canonicalText, contentText, type Entry, FORMAT_VERSION, GENESIS_PREV } from '../format';
import { hashReader, readEntries } from '../journal-database';
import type { Seal } from '../seal';
import type { ExportSource } from './source';

const STEP_ROWS = 2_000;

/**
 * The verifiable export (`docs/journal-format.md`): rows of the matching lines in full, every other row of the range
 * as a bare envelope without its parts, and the seals, so that the chain can be walked without the application.
 */
export async function* jsonlChunks(source: ExportSource): AsyncGenerator<string> {
  const { database, index, slots, head } = source;
  const isWhole = asksForAll(source);
  const shown = new Set<number>();
  for (const slot of slots) {
    shown.add(index.columns.seq[slot] as number);
    shown.add(index.columns.outcomeSeq[slot] as number);
  }
  const firstShown = slots.length === 0 ? head.seq : (index.columns.seq[slots[0] as number] as number);
  // The last seal comes along even where it was made before the first line shown: without one an export proves nothing.
  const fromSeq = isWhole ? 1 : Math.min(firstShown, source.lastSeal?.seq ?? firstShown);
  // The intent of an outcome may be past retention: in an export of everything the outcome is there all the same.
  const isShown = ({ seq, event }: Entry) => shown.has(seq) || (isWhole && event === 'call.outcome');
  yield record(header(source, fromSeq));
  const seals = readSeals(source, fromSeq);
  const anchors = new Map(readAnchors(database, fromSeq, head.seq).map((anchor) => [anchor.seq, anchor]));
  let rowCount = 0;
  let lineCount = 0;
  let text = '';
  for (const entry of readEntries(database, fromSeq, head.seq)) {
    text += record(row(entry, isShown(entry)));
    const seal = seals.get(entry.seq);
    if (seal) text += record({ type: 'seal', ...seal });
    const anchor = anchors.get(entry.seq);
    if (anchor) text += record({ type: 'anchor', ...anchor, token: Buffer.from(anchor.token).toString('base64') });
    rowCount += 1;
    if (shown.has(entry.seq) && entry.event !== 'call.outcome') lineCount += 1;
    if (rowCount % STEP_ROWS !== 0) continue;
    yield text;
    text = '';
    await source.step(lineCount);
  }
  await source.step(lineCount);
  yield text + record({ type: 'footer', rowCount, lineCount, headSeq: head.seq, headHash: head.hash, lastSealSeq: source.lastSeal?.seq ?? 0 });
}

/** Nothing is left out but what is past retention. */
function asksForAll({ request: { filter, agentScope } }: ExportSource): boolean {
  const { kind, ...conditions } = filter;
  return kind !== 'calls' && agentScope === undefined && Object.values(conditions).every((value) => value === undefined);
}

function header(source: ExportSource, fromSeq: number): Readonly<Record<string, unknown>> {
  const { request, slots, head, database } = source;
  return {
    type: 'header',
    format: 'instruire-journal',
    version: FORMAT_VERSION,
    generatedAt: new Date(request.generatedAt).toISOString(),
    filter: withoutUndefined({ ...request.filter }),
    ...(request.agentScope === undefined ? {} : { agentScope: request.agentScope }),
    lineCount: slots.length,
    fromSeq,
    toSeq: head.seq,
    previousHash: hashReader(database)(fromSeq - 1) ?? GENESIS_PREV,
    publicKey: request.publicKey,
    formerPublicKeys: formerKeys(source),
  };
}

function formerKeys({ database, request }: ExportSource): readonly string[] {
  return [...keysOf(readAnnouncements(database))].filter((publicKey) => publicKey !== request.publicKey);
}

function row(entry: Entry, isShown: boolean): Readonly<Record<string, unknown>> {
  const { seq, at, offset, event, prev, hash, intent, commitment, salt, parts } = entry;
  const content = isShown && salt !== null ? { salt, content: contentText(parts) } : {};
  return { type: 'row', seq, at, offset, event, ...(intent === null ? {} : { intent }), prev, hash, commitment, ...content };
}

function readSeals({ database, head }: ExportSource, fromSeq: number): ReadonlyMap<number, Seal> {
  const seals = database
    .prepare('SELECT seq, hash, at, public_key AS publicKey, signature FROM seals WHERE seq >= ? AND seq <= ?')
    .all(fromSeq, head.seq) as unknown as Seal[];
  return new Map(seals.map((seal) => [seal.seq, { ...seal }]));
}

function withoutUndefined(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function record(value: Readonly<Record<string, unknown>>): string {
  return `${value['type'] === 'row' ? JSON.stringify(value) : canonicalText(value)}\n`;
}
