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
import { createInterface } from 'node:readline';

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

class Break extends Error {
  constructor(kind, seq) {
    super(kind);
    this.kind = kind;
    this.seq = seq;
  }
}

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

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
  if (!row || anchor.seq !== row.seq) throw new Break('removed', anchor.seq);
  let read;
  try {
    read = readToken(Buffer.from(anchor.token, 'base64'));
  } catch {
    throw new Break('edited', anchor.seq);
  }
  if (anchor.hash !== row.hash || read.imprint !== row.hash) throw new Break('edited', anchor.seq);
  state.anchors.push({ ...anchor, ...read });
}

async function* readRecords(path) {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      // A line cut in the middle: what follows is missing.
      return;
    }
    yield record;
  }
}

/** Second look at the whole file, only once something is wrong. */
async function collectRows(path) {
  const rows = [];
  for await (const record of readRecords(path)) if (record.type === 'row') rows.push(record);
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
  for (let seq = 1; seq <= header.toSeq * 2 + 1 && original === null; seq += 1) {
    if (envelopeHash(row, seq) === row.hash) original = seq;
  }
  if (original === null || original === row.seq) return new Break('edited', row.seq);
  const before = rows.find((other) => other.seq === original - 1);
  if (original < row.seq && (before?.hash ?? header.previousHash) === row.prev) return new Break('inserted', original);
  return new Break(rows.some((other) => other.hash === row.prev) ? 'reordered' : 'removed', row.seq);
}

function checkSeal(seal, row, state) {
  const keys = state.keyInForce === null ? [state.publicKey, ...state.formerKeys] : [state.keyInForce];
  if (!keys.includes(seal.publicKey) || !isGenuine(seal)) throw new Break('foreign_seal', seal.seq);
  if (!row || seal.seq !== row.seq) throw new Break('removed', seal.seq);
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

/** What a whole row says for the rows around it: the key then in force, and how far retention went. */
function readRow(row, state) {
  if (row.event !== 'journal.created' && row.event !== 'journal.opened' && row.event !== 'journal.purged') return;
  const data = row.content === undefined ? undefined : JSON.parse(row.content).result?.data;
  if (row.event === 'journal.purged') state.purgedThrough = Math.max(state.purgedThrough, data?.throughSeq ?? 0);
  else state.keyInForce = data?.publicKey ?? null;
}

function noteBare(row, state) {
  if (row.content !== undefined) return;
  const range = state.bare.at(-1);
  if (range?.to === row.seq - 1) range.to = row.seq;
  else state.bare.push({ from: row.seq, to: row.seq });
}

function checkWhole(state, header) {
  if (!asksForAll(header)) return;
  if (header.fromSeq !== 1) throw new Break('removed', 1);
  const emptied = state.bare.find(({ to }) => to > state.purgedThrough);
  if (emptied) throw new Break('edited', Math.max(emptied.from, state.purgedThrough + 1));
}

/** A multiple of the interval and a close are sealed in the step that writes them. */
function checkSealDue(row, state, fromSeq) {
  const isDue = row && row.seq >= fromSeq && (row.seq % SEAL_EVERY === 0 || row.event === 'journal.closed');
  if (isDue && state.sealedThrough < row.seq) throw new Break('removed', row.seq);
}

function checkEnd(state, header, footer, known) {
  const { rowCount, lineCount, row } = state;
  if (!footer || rowCount < footer.rowCount || row?.seq !== footer.headSeq) throw new Break('truncated', state.expected);
  if (rowCount !== footer.rowCount || lineCount !== footer.lineCount || lineCount !== header.lineCount || row.hash !== footer.headHash) {
    throw new Break('edited', row.seq);
  }
  if (footer.lastSealSeq >= header.fromSeq && state.sealedThrough < footer.lastSealSeq) throw new Break('removed', footer.lastSealSeq);
  checkSealDue(row, state, header.fromSeq);
  checkWhole(state, header);
  if (state.lastSeal && state.lastSeal.publicKey !== state.publicKey) throw new Break('foreign_seal', state.lastSeal.seq);
  if (known && known.seq > header.toSeq) throw new Break('older_copy', header.toSeq + 1);
}

async function verifyExport(path, publicKey, known) {
  let header = null;
  let footer = null;
  const state = { sealCount: 0, rowCount: 0, lineCount: 0, lastSeal: null, row: null, sealedThrough: 0, expected: 0, publicKey: '', formerKeys: [], keyInForce: null, purgedThrough: 0, bare: [], anchors: [] };
  for await (const record of readRecords(path)) {
    if (record.type === 'header') {
      if (header || record.format !== 'instruire-journal' || record.version !== 1) throw new TypeError('format');
      header = record;
      Object.assign(state, { expected: header.fromSeq, sealedThrough: header.fromSeq - 1, publicKey: publicKey ?? header.publicKey, formerKeys: header.formerPublicKeys });
    } else if (!header) throw new TypeError('format');
    else if (record.type === 'seal') checkSeal(record, state.row, state);
    else if (record.type === 'anchor') checkAnchor(record, state.row, state);
    else if (record.type === 'footer') footer = record;
    else if (record.type === 'row') await checkRow(path, header, record, state, known);
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
  noteBare(row, state);
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
