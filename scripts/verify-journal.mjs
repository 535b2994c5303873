#!/usr/bin/env node
/**
 * Verifies a JSON Lines export of the access history, offline, with nothing but Node (18 or later).
 * Written from docs/journal-format.md.
 *
 * node scripts/verify-journal.mjs EXPORT.jsonl [--key PUBLIC_KEY_BASE64_OR_PEM_FILE] [--head SEQ:HASH]
 * Exit codes: 0 intact, 1 broken, 2 cannot be read.
 */
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';

const SENTENCES = {
  edited: 'cette ligne a été modifiée après coup',
  removed: 'une ligne, un sceau ou un horodatage a été supprimé à cet endroit',
  inserted: 'cette ligne a été ajoutée après coup',
  reordered: 'l’ordre des lignes a été changé à cet endroit',
  truncated: 'la fin de l’export manque',
  older_copy: 'cet historique ne contient pas la tête connue : copie plus ancienne ou autre historique',
  foreign_seal: 'ce sceau n’a pas été fait par la clé de ce poste',
};
const SEAL_EVERY = 1000;
const RETENTION_MONTHS = 36;
const DAY_MS = 86_400_000;

class Break extends Error {
  constructor(kind, seq) {
    super(kind);
    this.kind = kind;
    this.seq = seq;
  }
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

const isText = (value) => typeof value === 'string' && !/\p{Surrogate}/u.test(value);
const isDigits = (count) => (value) => typeof value === 'string' && value.length === count && /^[0-9a-f]+$/.test(value);
const isHash = isDigits(64);
const optional = (isRight) => (value) => value === undefined || isRight(value);
const isKeyList = (value) => Array.isArray(value) && value.every(isText);
const isFilter = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isInteger = Number.isSafeInteger;

/** The fields of each record, and what they hold; a record has no other. */
const FIELDS = {
  header: {
    format: (value) => value === 'instruire-journal', version: (value) => value === 1, generatedAt: isText, filter: isFilter, agentScope: optional(isText), lineCount: isInteger,
    fromSeq: isInteger, toSeq: isInteger, previousHash: isHash, publicKey: isText, formerPublicKeys: isKeyList,
  },
  row: { seq: isInteger, at: isInteger, offset: isInteger, event: isText, intent: optional(isInteger), prev: isHash, hash: isHash, commitment: isHash, salt: optional(isDigits(32)), content: optional(isText) },
  seal: { seq: isInteger, hash: isHash, at: isInteger, publicKey: isText, signature: isText },
  anchor: { seq: isInteger, hash: isHash, authority: isText, stampedAt: isInteger, token: isText },
  footer: { rowCount: isInteger, lineCount: isInteger, headSeq: isInteger, headHash: isHash, lastSealSeq: isInteger },
};

function isWellFormed({ type, ...record }) {
  const fields = FIELDS[type];
  return Object.keys(record).every((name) => Object.hasOwn(fields, name)) && Object.entries(fields).every(([name, isRight]) => isRight(record[name]));
}

/** RFC 8785 for what the format holds: objects, strings, integers. */
function canonical(value) {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${fields.join(',')}}`;
}

function envelopeHash(row, seq = row.seq) {
  const intent = row.intent === undefined ? {} : { intent: row.intent };
  const { at, event, offset, prev, commitment: content } = row;
  return sha256(canonical({ at, content, event, offset, prev, seq, v: 1, ...intent }));
}

function isIntact(row) {
  const isBare = row.content === undefined && row.salt === undefined;
  return (isBare || sha256(`${row.salt}${row.content}`) === row.commitment) && envelopeHash(row) === row.hash;
}

function isGenuine(seal) {
  try {
    const key = createPublicKey({ key: Buffer.from(seal.publicKey, 'base64'), format: 'der', type: 'spki' });
    const message = canonical({ at: seal.at, hash: seal.hash, seq: seal.seq, type: 'instruire.journal.seal', v: 1 });
    return verify(null, Buffer.from(message, 'utf8'), key, Buffer.from(seal.signature, 'base64'));
  } catch {
    return false;
  }
}

/** DER values that follow each other (X.690): tag, content, and all bytes. */
function der(bytes) {
  const nodes = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1];
    const digits = first < 0x80 ? 0 : first & 0x7f;
    const length = digits === 0 ? first : bytes.readUIntBE(at + 2, digits);
    const start = at + 2 + digits;
    nodes.push({ tag: bytes[at], content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) });
    at = start + length;
  }
  return nodes;
}

const DIGESTS = { '608648016503040201': 'sha256', '608648016503040202': 'sha384', '608648016503040203': 'sha512' };
const MESSAGE_DIGEST = '2a864886f70d010904';
const digestName = (algorithm) => DIGESTS[der(algorithm.content)[0].content.toString('hex')];

/** What an RFC 3161 token stamps, and whether the certificate that it carries signed it. Whether to trust that certificate is the reader's choice. */
function readToken(token) {
  const signedData = der(der(der(der(token)[0].content)[1].content)[0].content);
  const info = der(der(signedData[2].content)[1].content)[0].content;
  const time = der(der(info)[0].content).find(({ tag }) => tag === 0x18).content.toString('latin1');
  const imprint = der(der(der(info)[0].content)[2].content)[1].content.toString('hex');
  const signer = der(der(signedData.at(-1).content)[0].content);
  const position = signer.findIndex(({ tag }) => tag === 0xa0);
  const attributes = signer[position];
  const digest = digestName(signer[position - 1]);
  const stated = der(attributes.content).map(({ content }) => der(content)).find(([name]) => name.content.toString('hex') === MESSAGE_DIGEST);
  const isInfoStated = der(stated[1].content)[0].content.equals(createHash(digest).update(info).digest());
  // The attributes are signed as a SET, whatever tag they travel under (RFC 5652 §5.4).
  const signed = Buffer.concat([Buffer.from([0x31]), attributes.whole.subarray(1)]);
  const certificates = der(signedData.find(({ tag }) => tag === 0xa0).content).map(({ whole }) => new X509Certificate(whole));
  const signature = signer[position + 2].content;
  const certificate = certificates.find((candidate) => verify(digest, signed, candidate.publicKey, signature));
  const stampedAt = time.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6');
  return { imprint, stampedAt, signedBy: isInfoStated && certificate ? certificate.subject.replaceAll('\n', ', ') : null };
}

function checkAnchor(anchor, row, state) {
  checkPlace(anchor, row, state.anchors.at(-1)?.seq ?? 0);
  let read;
  try {
    read = readToken(Buffer.from(anchor.token, 'base64'));
  } catch {
    throw new Break('edited', anchor.seq);
  }
  if (anchor.hash !== row.hash || read.imprint !== row.hash || anchor.stampedAt !== Date.parse(read.stampedAt)) throw new Break('edited', anchor.seq);
  state.anchors.push({ ...anchor, ...read });
}

/** Lines of a file. Nothing but a line feed ends one: a text may hold any other character. */
async function* readLines(path) {
  let kept = [];
  for await (const chunk of createReadStream(path)) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      yield { bytes: Buffer.concat([...kept, chunk.subarray(start, end)]), isEnded: true };
      kept = [];
      start = end + 1;
    }
    kept.push(chunk.subarray(start));
  }
  yield { bytes: Buffer.concat(kept), isEnded: false };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a line holds; null when it is not written as the format says, so that no two readers understand it differently. */
function parseLine(text) {
  try {
    const record = JSON.parse(text);
    return JSON.stringify(record) === text && Object.hasOwn(FIELDS, record.type) ? record : null;
  } catch {
    return null;
  }
}

function decodeLine(bytes) {
  try {
    // A carriage return comes from what carried the file, never from what wrote it.
    return utf8.decode(bytes).replace(/\r$/, '');
  } catch {
    return '\0';
  }
}

/** Null stands for a line that is no record. */
async function* readRecords(path) {
  for await (const { bytes, isEnded } of readLines(path)) {
    const text = decodeLine(bytes);
    if (text === '') continue;
    const record = parseLine(text);
    // A line cut in the middle: what follows is missing.
    if (record === null && !isEnded) return;
    yield record;
  }
}

/** Second look at the whole file, only once something is wrong. */
async function collectRows(path) {
  const rows = [];
  for await (const record of readRecords(path)) if (record?.type === 'row') rows.push(record);
  return rows;
}

async function diagnose(path, header, row, expected, intact) {
  const rows = await collectRows(path);
  const place = rows.findIndex((other) => other.hash === row.hash && other.prev === row.prev && other.seq === row.seq);
  if (row.seq < expected) return new Break(rows.filter((other) => other.seq === row.seq).length > 1 ? 'inserted' : 'reordered', row.seq);
  if (row.seq > expected) {
    const further = rows.slice(place + 1).some((other) => other.seq === expected);
    return new Break(further ? 'reordered' : 'removed', expected);
  }
  if (intact) return new Break('edited', Math.max(header.fromSeq, row.seq - 1));
  let original = null;
  // What the file holds bounds the search, not what it says of itself.
  const [lowest, highest] = [Math.max(1, header.fromSeq - rows.length), header.fromSeq + rows.length * 2];
  for (let seq = lowest; seq <= highest && original === null; seq += 1) {
    if (envelopeHash(row, seq) === row.hash) original = seq;
  }
  if (original === null || original === row.seq) return new Break('edited', row.seq);
  const before = rows.find((other) => other.seq === original - 1);
  if (original < row.seq && (before?.hash ?? header.previousHash) === row.prev) return new Break('inserted', original);
  return new Break(rows.some((other) => other.hash === row.prev) ? 'reordered' : 'removed', row.seq);
}

/** A seal or an anchor stands after its row, once. */
function checkPlace({ seq }, row, lastSeq) {
  if (!row || seq > row.seq) throw new Break('removed', seq);
  if (seq <= lastSeq) throw new Break('inserted', seq);
  if (seq < row.seq) throw new Break('reordered', seq);
}

function checkSeal(seal, row, state) {
  const keys = state.keyInForce === null ? [state.publicKey, ...state.formerKeys] : [state.keyInForce];
  if (!keys.includes(seal.publicKey) || !isGenuine(seal)) throw new Break('foreign_seal', seal.seq);
  checkPlace(seal, row, state.lastSeal?.seq ?? 0);
  if (seal.hash !== row.hash) throw new Break('edited', state.sealedThrough + 1);
  state.sealedThrough = seal.seq;
  state.lastSeal = seal;
  state.sealCount += 1;
}

/** Nothing was left out on purpose: every row is whole, but those past retention. */
function asksForAll({ filter, agentScope }) {
  const conditions = Object.entries(filter ?? {}).filter(([name, value]) => name !== 'kind' || value === 'calls');
  return conditions.length === 0 && agentScope === undefined;
}

/** What a whole row says for the rows around it: the key then in force, how far retention went, and what was stamped. */
function readRow(row, state) {
  const isOpening = row.event === 'journal.created' || row.event === 'journal.opened';
  if (!isOpening && row.event !== 'journal.purged' && row.event !== 'journal.anchored') return;
  const data = readData(row);
  if (isOpening) state.keyInForce = data?.publicKey ?? null;
  else if (data === undefined) return;
  else if (row.event === 'journal.anchored') state.stamps.push(data);
  else state.purges.push({ throughSeq: isInteger(data.throughSeq) ? Math.min(data.throughSeq, row.seq - 1) : 0, latestAt: monthsBefore(row.at, RETENTION_MONTHS) + DAY_MS });
}

function readData({ seq, content }) {
  if (content === undefined) return undefined;
  try {
    return JSON.parse(content).result?.data;
  } catch {
    throw new Break('edited', seq);
  }
}

function monthsBefore(at, months) {
  const date = new Date(at);
  return date.setUTCMonth(date.getUTCMonth() - months);
}

/** Rows without content are past retention, when nothing was left out on purpose. */
function checkWhole(state, header) {
  if (!asksForAll(header)) return;
  if (header.fromSeq !== 1) throw new Break('removed', 1);
  let covering = 0;
  for (let index = 0; index < state.bareSeqs.length; index += 1) {
    while (covering < state.purges.length && state.purges[covering].throughSeq < state.bareSeqs[index]) covering += 1;
    const purge = state.purges[covering];
    if (!purge || state.bareAts[index] > purge.latestAt) throw new Break('edited', state.bareSeqs[index]);
  }
}

function checkStamps({ stamps, anchors, row }, header) {
  const kept = new Map(anchors.map(({ seq, hash }) => [seq, hash]));
  const missing = stamps.find(({ seq, hash }) => seq >= header.fromSeq && seq <= row.seq && kept.get(seq) !== hash);
  if (missing) throw new Break('removed', missing.seq);
}

/** A multiple of the interval and a close are sealed in the step that writes them. */
function checkSealDue(row, state, fromSeq) {
  const isDue = row && row.seq >= fromSeq && (row.seq % SEAL_EVERY === 0 || row.event === 'journal.closed');
  if (isDue && state.sealedThrough < row.seq) throw new Break('removed', row.seq);
}

function checkEnd(state, header, footer, known) {
  const { rowCount, lineCount, row } = state;
  if (!footer || rowCount < footer.rowCount || row?.seq !== footer.headSeq || row.seq < header.toSeq) throw new Break('truncated', state.expected);
  if (row.seq !== header.toSeq || rowCount !== footer.rowCount || lineCount !== footer.lineCount || lineCount !== header.lineCount || row.hash !== footer.headHash) {
    throw new Break('edited', row.seq);
  }
  if (footer.lastSealSeq >= header.fromSeq && state.sealedThrough < footer.lastSealSeq) throw new Break('removed', footer.lastSealSeq);
  checkSealDue(row, state, header.fromSeq);
  checkWhole(state, header);
  checkStamps(state, header);
  if (!state.lastSeal) throw new Break('removed', row.seq);
  if (state.lastSeal.publicKey !== state.publicKey) throw new Break('foreign_seal', state.lastSeal.seq);
  if (known && known.seq > row.seq) throw new Break('older_copy', row.seq + 1);
}

function startState(header, publicKey) {
  return {
    expected: header.fromSeq, sealedThrough: header.fromSeq - 1, publicKey: publicKey ?? header.publicKey, formerKeys: header.formerPublicKeys, keyInForce: null,
    row: null, rowCount: 0, lineCount: 0, lastSeal: null, sealCount: 0, anchors: [], stamps: [], purges: [], bareSeqs: [], bareAts: [],
  };
}

async function verifyExport(path, publicKey, known) {
  let header = null;
  let footer = null;
  let state = null;
  for await (const record of readRecords(path)) {
    if (!header) {
      if (record?.type !== 'header' || !isWellFormed(record)) throw new TypeError('format');
      header = record;
      state = startState(header, publicKey);
      continue;
    }
    if (footer || record?.type === 'header') throw new Break('inserted', state.expected);
    if (record === null || !isWellFormed(record)) throw new Break('edited', record === null || record.type === 'row' ? state.expected : (state.row?.seq ?? header.fromSeq));
    if (record.type === 'seal') checkSeal(record, state.row, state);
    else if (record.type === 'anchor') checkAnchor(record, state.row, state);
    else if (record.type === 'footer') footer = record;
    else await checkRow(path, header, record, state, known);
  }
  if (!header) throw new TypeError('format');
  checkEnd(state, header, footer, known);
  return { header, state };
}

async function checkRow(path, header, row, state, known) {
  checkSealDue(state.row, state, header.fromSeq);
  const intact = isIntact(row);
  const previous = state.row?.hash ?? header.previousHash;
  if (row.seq !== state.expected || !intact || row.prev !== previous) throw await diagnose(path, header, row, state.expected, intact);
  if (known?.seq === row.seq && known.hash !== row.hash) throw new Break('older_copy', row.seq);
  readRow(row, state);
  if (row.content === undefined) {
    state.bareSeqs.push(row.seq);
    state.bareAts.push(row.at);
  }
  state.row = row;
  state.expected += 1;
  state.rowCount += 1;
  if (row.content !== undefined && row.event !== 'call.outcome') state.lineCount += 1;
}

function readKey(argument) {
  if (!argument) return undefined;
  if (!existsSync(argument)) return argument;
  return createPublicKey(readFileSync(argument)).export({ format: 'der', type: 'spki' }).toString('base64');
}

function readHead(argument) {
  if (!argument) return undefined;
  const [seq, hash] = argument.split(':');
  return { seq: Number(seq), hash };
}

function option(name) {
  const position = process.argv.indexOf(name);
  return position < 0 ? undefined : process.argv[position + 1];
}

async function main() {
  const path = process.argv[2];
  if (!path || path.startsWith('--')) {
    console.error('Usage : node verify-journal.mjs EXPORT.jsonl [--key CLÉ_PUBLIQUE] [--head LIGNE:EMPREINTE]');
    return 2;
  }
  const key = readKey(option('--key'));
  try {
    const known = readHead(option('--head'));
    const { header, state } = await verifyExport(path, key, known);
    console.log(`Intact : ${state.rowCount} lignes de la chaîne vérifiées (${header.fromSeq} à ${header.toSeq}), ${state.lineCount} montrées, ${state.sealCount} sceaux.`);
    console.log(`Tête : ligne ${state.row.seq}, empreinte ${state.row.hash}`);
    for (const { seq, authority, stampedAt, signedBy } of state.anchors) {
      const signature = signedBy === null ? 'signature NON vérifiée par ce programme (openssl ts -verify le fait)' : `signé par ${signedBy}`;
      console.log(`Horodatage : ligne ${seq}, ${stampedAt}, ${authority}, ${signature}.`);
    }
    if (state.anchors.length > 0) console.log('Attention : la confiance dans ces autorités d’horodatage reste à établir (chaîne de certification).');
    const unsealed = state.row.seq - state.sealedThrough;
    if (unsealed > 0) console.log(`Attention : les ${unsealed} dernières lignes ne sont couvertes par aucun sceau.`);
    if (known && known.seq < header.fromSeq) console.log(`Attention : la tête donnée (ligne ${known.seq}) est avant le début de cet export : elle n’a pas été comparée.`);
    if (state.formerKeys.length > 0) console.log(`Attention : ${state.formerKeys.length} autre(s) clé(s) ont scellé avant celle de ce poste. Demandez quand et pourquoi la clé a changé.`);
    if (!key) console.log('Attention : clé publique prise dans l’export lui-même. Comparez-la avec celle remise par ailleurs, ou donnez-la par --key.');
    return 0;
  } catch (error) {
    if (error instanceof Break) {
      console.log(`Rupture (${error.kind}) à la ligne ${error.seq} : ${SENTENCES[error.kind]}.`);
      return 1;
    }
    console.error('Ce fichier ne peut pas être lu comme un export de l’historique.');
    return 2;
  }
}

process.exitCode = await main();
