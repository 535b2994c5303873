import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';

import { parseRna, parseSiren, parseSiret, sirenOf } from '../../../shared/domain/identifiers';
import type { ListReader, ReadRow } from '../ports';

/** Reads a list of identifiers, one a line. */
export function createListReader(): ListReader {
  return {
    async readLines(source) {
      const text = source.kind === 'text' ? source.text : await readFile(source.path, 'utf8');
      const lines = text.split(/\r?\n/);
      return {
        fileName: source.kind === 'text' ? 'Liste collée' : basename(source.path),
        sheets: [],
        columns: [{ header: 'Identifiant', role: 'identifier', samples: lines.slice(0, 3).map((line) => line.slice(0, 100)) }],
        rows: rowsOf(lines),
      };
    },
  };
}

async function* rowsOf(lines: readonly string[]): AsyncGenerator<ReadRow> {
  for (const [index, text] of lines.entries()) if (text.trim() !== '') yield rowOf(index + 1, text.trim());
}

function rowOf(number: number, text: string): ReadRow {
  const line = { number, siren: null, siret: null, rna: null, name: '', object: '', note: null };
  const siret = parseSiret(text);
  if (siret.ok) return { kind: 'line', line: { ...line, siret: siret.value, siren: sirenOf(siret.value) }, isZeroRestored: false };
  const siren = parseSiren(text);
  if (siren.ok) return { kind: 'line', line: { ...line, siren: siren.value }, isZeroRestored: false };
  const rna = parseRna(text);
  if (rna.ok) return { kind: 'line', line: { ...line, rna: rna.value }, isZeroRestored: false };
  return { kind: 'aside', aside: { number, text: text.slice(0, 200), reason: siren.message } };
}
