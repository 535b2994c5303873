import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { currentEndpoints, relevanceOf } from '../../../shared/catalogue';
import {
  type AskedCompany,
  callsNeeded,
  completenessGrid,
  countsOf,
  endpointFor,
  piecesToAsk,
  PROCEDURES,
  shippedLists,
  stalePieces,
  type SuppliedPiece,
  useCaseOfProcedure,
} from '../../../shared/domain/completeness';
import type { Siret } from '../../../shared/domain/identifiers';
import { type Known, resourceOfEndpoint, wholeOf } from '../../../shared/domain/validity';
import { answerOf, documentOf, failureOf, known, MSA, TAX, today, VIGILANCE } from './made-up';

const company = { identifier: '299031112', siret: '29903111200012' as Siret, name: 'Entreprise fictive' };
const association = { identifier: 'W751080001', siret: null, name: 'Association fictive' };
const list = shippedLists.marches_attribution;

function gridOf(knownOf: Known, supplied: readonly SuppliedPiece[] = [], companies: readonly AskedCompany[] = [company]) {
  return { list, companies, knownOf: () => knownOf, supplied, moment: { today: today.today, deadline: null }, canCall: () => true };
}

function cellOf(input: ReturnType<typeof gridOf>, pieceId: string) {
  const cell = completenessGrid(input)[0]?.cells.find((one) => one.pieceId === pieceId);
  if (!cell) throw new Error(`no cell ${pieceId}`);
  return cell;
}

describe('the lists that are shipped', () => {
  it.each(PROCEDURES)('%s names resources of the catalogue that its purpose justifies, each piece with its source', (procedure) => {
    const { pieces } = shippedLists[procedure];
    expect(new Set(pieces.map(({ id }) => id)).size).toBe(pieces.length);
    for (const { resources, source, alternative } of pieces) {
      expect(source).toMatch(/\.$/);
      expect(alternative).not.toBe('');
      for (const resource of resources) {
        const serving = currentEndpoints.filter(({ id }) => resourceOfEndpoint(id) === wholeOf(resource));
        expect(serving.map((endpoint) => relevanceOf(endpoint, useCaseOfProcedure[procedure])), resource).not.toContain('injustifie');
        expect(serving, resource).not.toEqual([]);
      }
    }
  });
});

describe('the grid', () => {
  it('is satisfied by any resource of a piece', () => {
    const input = gridOf(known({ failures: [failureOf(VIGILANCE)], answers: [answerOf(MSA, { status: 'up_to_date' }, { documents: false })] }));
    expect(cellOf(input, 'regularite_sociale')).toMatchObject({ resource: resourceOfEndpoint(MSA), validity: { state: 'valid' } });
  });

  it('says of whom a piece is asked: an association by its RNA number, or whoever seeks a subsidy', () => {
    const reasonOf = (input: ReturnType<typeof gridOf>) => cellOf(input, 'rib').validity.reason;
    const subsidy = { ...gridOf(known({})), list: shippedLists.subventions_associations };
    expect(reasonOf(subsidy)).toMatch(/se demande à l’association\.$/);
    expect(cellOf(gridOf(known({}), [], [association]), 'exclusions_penales').validity.reason).toMatch(/se demande à l’association\.$/);
    expect(cellOf(gridOf(known({})), 'exclusions_penales').validity.reason).toMatch(/se demande à la structure\.$/);
  });

  it('does not hide a refusal behind what was never asked', () => {
    const refusal = answerOf(VIGILANCE, { entity_status: { code: 'refus_de_delivrance' } }, { documents: false });
    expect(cellOf(gridOf(known({ answers: [refusal] })), 'regularite_sociale').validity.state).toBe('refused');
  });

  it('takes what the company sent, until it ends', () => {
    const sent = { identifier: company.identifier, pieceId: 'regularite_fiscale', receivedOn: '2026-11-24', note: 'courriel', validUntil: null, fileId: null };
    expect(cellOf(gridOf(known({}), [sent]), 'regularite_fiscale').validity).toMatchObject({ state: 'valid', reason: 'Fournie par la structure le 24/11/2026 (courriel).' });
    expect(cellOf(gridOf(known({}), [{ ...sent, validUntil: '2026-11-24' }]), 'regularite_fiscale').validity.next).not.toBe('nothing');
  });

  it('asks the company for what the API cannot give or be asked', () => {
    const rows = completenessGrid(gridOf(known({ failures: [failureOf(TAX)] }), [], [association]));
    const asked = rows[0] ? piecesToAsk(list, rows[0]).map(({ id }) => id) : [];
    expect(asked).toEqual(expect.arrayContaining(['exclusions_penales', 'regularite_fiscale', 'regularite_sociale']));
    expect(asked).not.toContain('identite');
  });

  it('counts what is missing among the indispensable', () => {
    const empty = countsOf(list, completenessGrid(gridOf(known({}))));
    expect(empty).toEqual({ held: 0, expiring: 0, missing: list.pieces.filter(({ need }) => need === 'indispensable').length });
    const one = countsOf(list, completenessGrid(gridOf(known({ documents: [documentOf(VIGILANCE)] }))));
    expect(one.missing).toBe(empty.missing - 1);
  });
});

describe('what is called to complete a dossier', () => {
  it('is the newest version that takes the identifier', () => {
    const calls = callsNeeded(gridOf(known({})));
    expect(calls.find(({ pieceId }) => pieceId === 'regularite_fiscale')).toMatchObject({ endpointId: TAX, asked: company.identifier, act: 'fetch' });
    expect(endpointFor(resourceOfEndpoint(VIGILANCE), association)).toBeUndefined();
  });

  it('renews a piece where it comes from, and leaves the rest of it alone', () => {
    const documents = [documentOf(VIGILANCE, { documentDate: '2026-06-01' })];
    const calls = callsNeeded(gridOf(known({ documents }))).filter(({ pieceId }) => pieceId === 'regularite_sociale');
    expect(calls).toMatchObject([{ endpointId: VIGILANCE, act: 'renew' }]);
  });

  it('downloads what is offered without asking again', () => {
    const input = gridOf(known({ answers: [answerOf(TAX, {})] }));
    expect(callsNeeded(input).find(({ pieceId }) => pieceId === 'regularite_fiscale')).toMatchObject({ act: 'download', consultationId: 'c1' });
  });

  it('never asks for what holds, and never twice the same', () => {
    const events = fc.subarray([VIGILANCE, TAX, MSA, 'inpi.extrait_rne.v3', 'infogreffe.extrait_rcs.v3', 'insee.unite_legale.v4']);
    fc.assert(
      fc.property(events, events, events, fc.nat(400), (fetched, failed, answered, age) => {
        const at = new Date(Date.UTC(2026, 10, 25) - age * 86_400_000).toISOString();
        const input = gridOf(
          known({
            documents: fetched.map((id) => documentOf(id, { id: `d-${id}`, fetchedAt: at })),
            failures: failed.map((id) => failureOf(id, { at })),
            answers: answered.map((id) => answerOf(id, { status: 'up_to_date', entity_status: { code: 'ok' } }, { at, id: `c-${id}` })),
          }),
        );
        const calls = callsNeeded(input);
        expect(new Set(calls.map((call) => `${call.pieceId} ${call.endpointId}`)).size).toBe(calls.length);
        const held = completenessGrid(input).flatMap(({ cells }) => cells.filter(({ validity }) => validity.state === 'valid').map(({ pieceId }) => pieceId));
        expect(calls.filter(({ pieceId }) => held.includes(pieceId))).toEqual([]);
        for (const { validity } of stalePieces(list, completenessGrid(input))) expect(validity.state).toBe('expired');
      }),
    );
  });
});

describe('what is kept beyond the list', () => {
  const qualibat = 'qualibat.certification_batiment.v4';
  const input = { ...gridOf(known({ documents: [documentOf(qualibat, { validUntil: '2026-11-01' })] })), list: null };

  it('ages too: it is stale at the time of a decision, and can be renewed', () => {
    expect(stalePieces(null, completenessGrid(input))).toMatchObject([{ identifier: company.identifier, validity: { state: 'expired' } }]);
    expect(callsNeeded(input)).toMatchObject([{ endpointId: qualibat, act: 'renew', asked: company.siret }]);
  });

  it('is not called where neither the agent nor the token may', () => {
    expect(callsNeeded({ ...input, canCall: () => false })).toEqual([]);
    const rows = completenessGrid({ ...gridOf(known({})), canCall: ({ id }) => id !== TAX && id !== 'dgfip.attestation_fiscale.v3' });
    expect(rows[0]?.cells.find(({ pieceId }) => pieceId === 'regularite_fiscale')?.validity).toMatchObject({ next: 'ask', reason: expect.stringContaining('responsable') as string });
  });
});
