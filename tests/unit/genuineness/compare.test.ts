import { describe, expect, it } from 'vitest';

import { compare, type ReadText, type SourceFacts } from '../../../electron/genuineness/compare';
import { readFacts } from '../../../electron/genuineness/piece-facts';

const company = { identifier: '299031112', name: 'Ateliers du Vallon Bleu' };
const genuine = `Attestation de vigilance
ATELIERS DU VALLON BLEU
SIREN : 299 031 112
Délivrée le 25/11/2026, valable jusqu'au 25/05/2027
Code de sécurité : ABCDE12345FGH67`;

const source: SourceFacts = { facts: readFacts(genuine), days: ['2026-11-25', '2027-05-25'], securityCode: 'ABCDE12345FGH67' };
const read = (text: string): ReadText => ({ state: 'read', text, facts: readFacts(text) });
const verdictOf = (supplied: ReadText, label: string) => compare(supplied, source, company).rows.find((row) => row.label === label)?.verdict;

describe('a supplied document beside the one of the source', () => {
  it('agrees with itself in everything that can be read', () => {
    const { rows, summary } = compare(read(genuine), source, company);
    expect(rows.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(rows.filter(({ verdict }) => verdict === 'agrees').map(({ label }) => label)).toEqual(['Type de document', 'SIREN', 'Dénomination', 'Code de sécurité', 'Dates']);
    expect(summary).toContain('Aucune différence');
  });

  it.each([
    ['SIREN', genuine.replace('299 031 112', '299 028 209')],
    ['Code de sécurité', genuine.replace('ABCDE12345FGH67', 'ZZZZZ12345FGH67')],
    ['Dates', genuine.replace('25/05/2027', '25/05/2028')],
    ['Type de document', genuine.replace('Attestation de vigilance', 'Attestation fiscale')],
  ])('says that %s differs, and nothing else', (label, text) => {
    const differing = compare(read(text), source, company).rows.filter(({ verdict }) => verdict === 'differs');
    expect(differing.map((row) => row.label)).toEqual([label]);
    expect(differing[0]?.note).toBeTruthy();
  });

  it('concludes nothing from what it could not read', () => {
    expect(verdictOf(read(genuine.replace(/Code de.*/, '')), 'Code de sécurité')).toBe('unread');
    const scan: ReadText = { state: 'image', text: '', facts: readFacts('') };
    const { rows, summary } = compare(scan, source, company);
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['unread']));
    expect(summary).toContain('image numérisée');
  });

  it('accuses nobody', () => {
    const { rows, summary } = compare(read(genuine.replace('299 031 112', '299 028 209')), source, company);
    const words = [summary, ...rows.map(({ note }) => note ?? '')].join(' ');
    expect(words).not.toMatch(/faux|fraud|falsifi|rejet/i);
    expect(summary).toContain('ne prouve rien à elle seule');
  });
});
