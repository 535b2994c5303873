import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CallContext } from '../../../electron/ipc';
import { IpcFailure } from '../../../electron/ipc-failure';
import { type SheetHandlerDeps, sheetHandlers } from '../../../electron/sheet';
import type { Dossier } from '../../../shared/domain/dossier';
import type { TracedEvent } from '../../../shared/domain/journal';
import { testPendingFiles } from '../../support/pending-files';

const dossier = {
  id: '6f1c1f0e-6b1e-4a1c-9a55-1f1d6e0b7a01',
  title: 'Rénovation de l’école',
  habilitationId: 'h1',
  companies: [{ identifier: '299031112', name: 'ATELIERS DU VERGER', siret: null }],
} as unknown as Dossier;
const context = { session: { agent: { id: 'a1', displayName: 'Camille Rivière' } } } as unknown as CallContext & { session: never };
const input = { dossierId: dossier.id, identifier: '299031112' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'instruire-sheet-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function handlers(changes: Partial<SheetHandlerDeps> = {}): { traced: TracedEvent[]; run: ReturnType<typeof sheetHandlers> } {
  const traced: TracedEvent[] = [];
  const run = sheetHandlers({
    record: (event) => Promise.resolve(void traced.push(event)),
    pending: testPendingFiles(),
    clock: { now: () => Date.parse('2026-11-24T23:30:00Z'), monotonic: () => 0 } as SheetHandlerDeps['clock'],
    dossierOf: () => dossier,
    askSavePath: (fileName) => Promise.resolve(join(folder, fileName)),
    printToPdf: () => Promise.resolve(Buffer.from('%PDF-1.7')),
    ...changes,
  });
  return { traced, run };
}

describe('printing a sheet', () => {
  it('names the file after the company and the day in France, and traces it', async () => {
    const { traced, run } = handlers();
    await run['sheet.print'](input, context);
    expect(readdirSync(folder)).toEqual(['299031112_ATELIERS_DU_VERGER_fiche_2026-11-25.pdf']);
    expect(traced.map(({ event, dossierTitle }) => [event, dossierTitle])).toEqual([['document.printed', dossier.title]]);
  });

  it('writes nothing that could not be traced', async () => {
    const { run } = handlers({ record: () => Promise.reject(new Error('disk full')) });
    await expect(run['sheet.print'](input, context)).rejects.toBeInstanceOf(IpcFailure);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('traces nothing when the dialog is closed, or when the dossier is not open to the agent', async () => {
    const closed = handlers({ askSavePath: () => Promise.resolve(null) });
    expect(await closed.run['sheet.print'](input, context)).toBeNull();
    const foreign = handlers({
      dossierOf: () => {
        throw new IpcFailure('not_found', 'Ce dossier ne vous est pas ouvert.');
      },
    });
    await expect(foreign.run['sheet.print'](input, context)).rejects.toBeInstanceOf(IpcFailure);
    expect([...closed.traced, ...foreign.traced]).toEqual([]);
  });

  it('leaves no half-written file where saving fails, and says so after the line that came first', async () => {
    const { run, traced } = handlers({ askSavePath: () => Promise.resolve(join(folder, 'absent', 'fiche.pdf')) });
    await expect(run['sheet.print'](input, context)).rejects.toBeInstanceOf(IpcFailure);
    expect(readdirSync(folder)).toEqual([]);
    expect(traced.map(({ event, outcome }) => [event, outcome])).toEqual([['document.printed', 'success'], ['document.printed', 'failure']]);
    expect(traced[1]).toMatchObject({ dossierId: dossier.id, identifier: input.identifier, detail: expect.stringMatching(/^Enregistrement manqué \(fiche en PDF\)/) as string });
  });

  it('keeps the pages as the window made them', async () => {
    const { run } = handlers();
    const saved = await run['sheet.print'](input, context);
    expect(readFileSync(saved?.path ?? '', 'utf8')).toBe('%PDF-1.7');
  });
});

describe('copying data', () => {
  it('is traced with its size and the mark of partial diffusion, never with the data', async () => {
    const { traced, run } = handlers();
    await run['data.copied']({ ...input, isPartiallyDiffused: true, length: 42 }, context);
    expect(traced[0]?.event).toBe('data.copied');
    expect(traced[0]?.detail).toMatch(/299031112.*42 caractères.*diffusion partielle/);
  });
});
