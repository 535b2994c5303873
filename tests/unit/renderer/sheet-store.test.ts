import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { endpoints, identifierFor } from '../../../shared/catalogue';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import { consultAll, sheetKey, useSheets } from '../../../renderer/features/company/sheet-store';

const dossier = { id: 'dossier-1' } as Dossier;
const company = { identifier: '299028208', siret: '29902820900011', name: 'ATELIERS DU VALLON BLEU' } as DossierCompany;
const callable = endpoints.filter((endpoint) => identifierFor(endpoint, company) !== null).slice(0, 5);

/** The edge of the page: what left for main, and how it is answered. */
let asked: { readonly consultationId: string; readonly answer: (value: unknown) => void }[] = [];

beforeEach(() => {
  asked = [];
  const call = (_channel: string, { consultationId }: { consultationId: string }) =>
    new Promise((resolve) => asked.push({ consultationId, answer: resolve }));
  vi.stubGlobal('window', { instruire: { call, on: () => () => undefined } });
});
afterEach(() => vi.unstubAllGlobals());

function cards() {
  return Object.values(useSheets.getState().sheets[sheetKey(dossier.id, company.identifier)] ?? {});
}

function refusal(message: string) {
  return { ok: false, error: { code: 'refused', message, field: null } };
}

describe('the calls of a sheet', () => {
  it('leave before any card is drawn, one for each card however often they are asked for', async () => {
    const all = consultAll(dossier, company, callable);
    const again = consultAll(dossier, company, callable);
    expect(asked).toHaveLength(callable.length);
    expect(cards()).toHaveLength(0);
    // An outcome that is there before its card is not lost behind the card's beginning.
    for (const { answer } of asked) answer(refusal('Refusé.'));
    await Promise.all([all, again]);
    await vi.waitFor(() => expect(cards().map(({ state }) => state.step)).toEqual(callable.map(() => 'failed')));
    void consultAll(dossier, company, callable);
    expect(asked).toHaveLength(2 * callable.length);
  });
});
