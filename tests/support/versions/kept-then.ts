import { createHash } from 'node:crypto';

import { madeUpSirens } from '../sirens';

/** What the workstation of the first release held: one of each, all made up. */
export const keptAccount = { login: 'camille', displayName: 'Camille Rivière', password: 'quatre mots sans rapport' } as const;

export const keptIds = {
  agent: '11111111-1111-4111-8111-111111111111',
  habilitation: '22222222-2222-4222-8222-222222222222',
  dossier: '33333333-3333-4333-8333-333333333333',
  consultation: '44444444-4444-4444-8444-444444444444',
  document: '55555555-5555-4555-8555-555555555555',
  file: '66666666-6666-4666-8666-666666666666',
  piece: '77777777-7777-4777-8777-777777777777',
  pieceFile: '88888888-8888-4888-8888-888888888888',
  list: '99999999-9999-4999-8999-999999999999',
  batch: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  reminder: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
} as const;

const AT = '2026-01-05T08:00:00.000Z';
export const keptSiren = madeUpSirens(900_000_001, 1)[0] ?? '';
const recipient = '99900012800010';
const company = { dossier_id: keptIds.dossier, identifier: keptSiren };
const call = { ...company, endpoint_id: 'insee.siege_social.v3' };

const file = (text: string) => {
  const bytes = Buffer.from(text);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};
export const keptDocument = file('%PDF-1.4\n% attestation inventée\n%%EOF\n');
export const keptPiece = file('%PDF-1.4\n% document fourni inventé\n%%EOF\n');

export const keptSettings = { colorScheme: 'dark', longTimeouts: true, lockAfterMinutes: 42 } as const;

export const keptAnswer = {
  ...{ consultationId: keptIds.consultation, dossierId: keptIds.dossier, endpointId: call.endpoint_id, identifier: keptSiren },
  ...{ parameters: {}, data: { siren: keptSiren }, meta: {}, provider: 'INSEE', receivedAt: AT, requestId: null, httpStatus: 200 },
  ...{ durationMs: 120, quotaCost: 1, servedFromCache: null, cacheExpiresAt: null, documents: [] },
} as const;

/** Rows by table, in an order that references allow. */
export function keptRows({ passwordHash, sealedAnswer }: { readonly passwordHash: string; readonly sealedAnswer: Buffer }) {
  const names = { login: keptAccount.login, display_name: keptAccount.displayName, organisation: 'Commune de Valmont-les-Prés' };
  const media = { media_type: 'application/pdf' };
  return {
    agents: [{ id: keptIds.agent, ...names, role: 'responsable', state: 'active', last_sign_in_at: AT, password_hash: passwordHash, password_is_temporary: 0, created_at: AT }],
    habilitations: [
      { id: keptIds.habilitation, title: 'Aides', environment: 'sandbox', recipients: JSON.stringify([recipient]), contexts: '["Aides publiques"]', use_cases: '["aides_publiques"]', is_for_everyone: 1, created_at: AT },
    ],
    habilitation_agents: [{ habilitation_id: keptIds.habilitation, agent_id: keptIds.agent, endpoint_ids: null }],
    dossiers: [
      {
        ...{ id: keptIds.dossier, title: 'Aide à la rénovation', habilitation_id: keptIds.habilitation, use_case: 'aides_publiques', context: 'Aides publiques' },
        ...{ recipient, object: 'AIDE-2026-001', notes: '', tags: '[]', deadline: null, state: 'open', created_by: keptIds.agent, created_at: AT, updated_at: AT, search_text: 'aide' },
      },
    ],
    dossier_companies: [{ ...company, siret: null, name: 'Entreprise inventée', added_at: AT }],
    answers: [{ consultation_id: keptIds.consultation, ...call, parameters: '[]', received_at: AT, sealed: sealedAnswer }],
    documents: [
      {
        ...{ id: keptIds.document, file_id: keptIds.file, ...call, consultation_id: keptIds.consultation, pointer: '/document_url', label: 'Attestation', provider: 'URSSAF' },
        ...{ file_name: 'attestation.pdf', ...media, byte_length: keptDocument.bytes.length, sha256: keptDocument.sha256, fetched_at: AT, document_date: null, valid_until: null, request_id: null },
      },
    ],
    supplied_pieces: [
      {
        ...{ id: keptIds.piece, file_id: keptIds.pieceFile, ...company, original_name: 'fourni.pdf', ...media, byte_length: keptPiece.bytes.length },
        ...{ sha256: keptPiece.sha256, added_at: AT, added_by: keptIds.agent, kind: null, text_state: 'image' },
      },
    ],
    quota_state: [{ kind: 'window', key: 'a-pool', state: JSON.stringify({ limit: 250, used: 3, opensAt: null, history: [], stoppedUntil: 0, refusalsInRow: 0 }) }],
    recent_companies: [{ agent_id: keptIds.agent, ...company, opened_at: AT }],
    batch_lists: [
      {
        ...{ id: keptIds.list, file_name: 'liste.csv', agent_id: keptIds.agent, created_at: AT, sheets: '[]', columns: '[]' },
        ...{ line_count: 1, aside_count: 1, duplicate_count: 0, restored_zeros: 0 },
      },
    ],
    batch_lines: [{ list_id: keptIds.list, number: 1, siren: keptSiren, siret: null, rna: null, name: '', object: '', note: null, identity: keptSiren }],
    batch_aside: [{ list_id: keptIds.list, number: 2, text: '12', reason: 'Numéro trop court' }],
    batches: [
      {
        ...{ id: keptIds.batch, list_id: keptIds.list, dossier_id: keptIds.dossier, title: 'Lot', state: 'done', speed: 50, agent_id: keptIds.agent, agent_name: keptAccount.displayName },
        choice: JSON.stringify({ endpointIds: [call.endpoint_id], parameters: {}, withDocuments: false, writtenReason: null }),
        schedule: JSON.stringify({ startAt: null, hours: null, recurrence: null }),
        ...{ created_at: AT, started_at: AT, ended_at: AT, is_complete: 1 },
      },
    ],
    batch_items: [{ batch_id: keptIds.batch, line_number: 1, endpoint_id: call.endpoint_id, identifier: keptSiren, object: '', state: 'answered', consultation_id: keptIds.consultation, settled_at: AT }],
    reminders: [{ id: keptIds.reminder, ...call, parameters: '{}', due_at: AT, status: 503, code: null }],
  };
}
