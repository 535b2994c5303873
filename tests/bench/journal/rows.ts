import type { CallIntent, CallOutcome } from '../../../electron/consultation/ports';
import type { Siret } from '../../../shared/domain/identifiers';

const ENDPOINTS = ['insee.unite_legale.v4', 'insee.etablissement.v4', 'infogreffe.extrait_rcs.v3', 'dgfip.chiffres_affaires.v3', 'urssaf.attestation_vigilance.v4'];

/** A call like those of a service of 20 agents: 2,000 dossiers, 5,000 companies. */
export function makeIntent(index: number): CallIntent {
  const dossier = index % 2_000;
  const company = (index * 7) % 5_000;
  const endpointId = ENDPOINTS[index % ENDPOINTS.length] ?? '';
  return {
    agent: { id: `agent-${index % 20}`, displayName: `Agent Fictif ${index % 20}` },
    dossierId: `dossier-${dossier}`,
    dossierTitle: `Marché de fournitures ${dossier}`,
    habilitationId: `habilitation-${index % 5}`,
    environment: 'sandbox',
    endpointId,
    provider: endpointId.split('.')[0] ?? '',
    identifier: String(100_000_000 + company),
    companyName: `Société Modèle ${company}`,
    justification: { context: 'Marchés publics', object: `MP-2026-${dossier}`, recipient: '12345678200010' as Siret },
    writtenReason: null,
  };
}

export function requestIdOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

export function makeOutcome(index: number): CallOutcome {
  const failed = index % 40 === 0;
  return {
    outcome: failed ? 'failure' : 'success',
    httpStatus: failed ? 502 : 200,
    code: failed ? '01001' : null,
    requestId: requestIdOf(index),
    durationMs: 100 + (index % 900),
    bodySha256: index.toString(16).padStart(64, '0'),
    documentSha256: null,
    detail: failed ? 'Le fournisseur n’a pas répondu.' : null,
  };
}
