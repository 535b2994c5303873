import { describe, expect, it } from 'vitest';

import { middlePage, overwritePage } from '../../support/damage';
import { makeBench, makeIntent, makeOutcome, recordCall } from './support';

const SHA256 = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const NOW = Date.now();
const MONTH_MS = 31 * 86_400_000;

describe('the line that a document names', () => {
  it('is present when its own outcome bears the SHA-256, even when outcomes cross', async () => {
    const journal = makeBench().open();
    const first = await journal.recordIntent(makeIntent());
    const second = await journal.recordIntent(makeIntent());
    await journal.recordOutcome(second, makeOutcome({ documentSha256: OTHER }));
    await journal.recordOutcome(first, makeOutcome({ documentSha256: SHA256 }));
    expect([journal.documentLine(first.seq, SHA256), journal.documentLine(second.seq, OTHER)]).toEqual(['present', 'present']);
    expect([journal.documentLine(first.seq, OTHER), journal.documentLine(second.seq, SHA256)]).toEqual(['absent', 'absent']);
    journal.close();
  });

  it('is absent when the row is missing, is no call, has no outcome or brought no file', async () => {
    const journal = makeBench().open();
    const withoutFile = await recordCall(journal);
    const cut = (await journal.recordIntent(makeIntent())).seq;
    for (const seq of [withoutFile, cut, 1, withoutFile + 1, 9_999]) expect(journal.documentLine(seq, SHA256)).toBe('absent');
    journal.close();
  });

  it('is emptied once retention has taken its content', async () => {
    const bench = makeBench();
    bench.clock.at = NOW - 40 * MONTH_MS;
    const journal = bench.open();
    const seq = await recordCall(journal, {}, { documentSha256: SHA256 });
    bench.clock.at = NOW - MONTH_MS;
    await journal.record({ event: 'session.opened' });
    bench.clock.at = NOW;
    await journal.purge(NOW, 36);
    expect(journal.documentLine(seq, SHA256)).toBe('emptied');
    journal.close();
  });

  it('is unreadable where the file is damaged: the list of documents still opens', async () => {
    const bench = makeBench();
    const journal = bench.open();
    const seqs = await Promise.all(Array.from({ length: 300 }, () => recordCall(journal, {}, { documentSha256: SHA256 })));
    journal.close();
    overwritePage(bench.path, middlePage(bench.path, 'call.intent'));
    const damaged = bench.open();
    const lines = seqs.map((seq) => damaged.documentLine(seq, SHA256));
    expect(new Set(lines)).toEqual(new Set(['present', 'unreadable']));
    damaged.close();
  });
});
