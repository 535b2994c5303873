import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { SANDBOX_RECIPIENT } from '../../electron/habilitations/sandbox-habilitation';
import type { JustificationOverride } from '../../shared/domain/consultation';
import type { Siret } from '../../shared/domain/identifiers';
import type { Justification } from '../../shared/domain/justification';
import { closeWorkstation, openWorkstation, type Workstation } from '../support/workstation';

const SIREN = '299031112';
const ATTESTATION = 'urssaf.attestation_vigilance.v4';
/** Of a second body of the same kind as the sandbox's, which does not exist either. */
const OTHER_RECIPIENT = '99900013600013' as Siret;
const COMPANY_AS_RECIPIENT = `${SIREN}00012` as Siret;

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let station: Workstation;
let dossierId: string;
let usual: Justification;

beforeAll(async () => {
  station = await openWorkstation();
  dossierId = await station.openDossier(SIREN);
  const { context, recipient, object } = await station.ask('dossiers.get', { id: dossierId });
  usual = { context, recipient, object };
  const [habilitation] = await station.ask('habilitations.list', undefined);
  if (!habilitation) throw new Error('the sandbox has no habilitation');
  const { id, title, environment, contexts, useCases } = habilitation;
  const recipients = [SANDBOX_RECIPIENT, OTHER_RECIPIENT, COMPANY_AS_RECIPIENT];
  await station.ask('habilitations.update', { id, draft: { title, environment, contexts: [...contexts], useCases: [...useCases], recipients } });
});

beforeEach(() => station.forgetRequests());

afterAll(() => closeWorkstation(station));

const consult = (override: JustificationOverride = {}) => station.consult(dossierId, ATTESTATION, SIREN, { fresh: true, ...override });

const sent = async (): Promise<readonly Justification[]> =>
  (await station.receivedRequests()).flatMap(({ query }) => {
    const { context, recipient, object } = Object.fromEntries(new URLSearchParams(query));
    return context === undefined ? [] : [{ context, recipient: recipient as Siret, object: object ?? '' }];
  });

async function newestLine() {
  const { lines } = await station.ask('journal.search', { filter: { dossierId, kind: 'calls' }, limit: 1 });
  const [line] = lines;
  if (!line) throw new Error('the journal holds no call');
  return line;
}

describe('a call with a justification of its own', () => {
  const whole = { context: 'Aides publiques', recipient: OTHER_RECIPIENT, object: 'AIDE-2026-003' };
  it.each<JustificationOverride>([{ context: whole.context }, { recipient: whole.recipient }, { object: whole.object }, whole])('carries %o, which the journal keeps, and leaves the next one the dossier’s', async (override) => {
    const state = await consult(override);
    expect(state.step).toBe('answered');
    expect(await newestLine()).toMatchObject({ ...usual, ...override, outcome: 'success' });
    await consult();
    expect(await newestLine()).toMatchObject(usual);
    expect(await sent()).toEqual([{ ...usual, ...override }, usual]);
    expect(await station.ask('dossiers.get', { id: dossierId })).toMatchObject(usual);
  });

  it('brings its documents for the same reasons', async () => {
    const state = await consult(whole);
    if (state.step !== 'answered') throw new Error(state.error.message);
    await station.fetchDocument(state.answer.consultationId, state.answer.documents[0]?.pointer ?? '');
    expect(await newestLine()).toMatchObject(whole);
  });

  it.each([
    ['a context beyond the habilitation', { context: 'Recouvrement' }],
    ['a recipient beyond the habilitation', { recipient: '13002526500013' as Siret }],
    ['the company itself, even where the habilitation names it', { recipient: COMPANY_AS_RECIPIENT }],
    ['a context that cannot be read', { context: 'Aides\u0007publiques' }],
  ])('is refused before it leaves, in the journal too, with %s', async (_name, override) => {
    const state = await consult(override);
    expect(state.step === 'failed' && state.error.kind).toBe('justification');
    expect(await sent()).toEqual([]);
    expect(await newestLine()).toMatchObject({ outcome: 'refused' });
  });
});
