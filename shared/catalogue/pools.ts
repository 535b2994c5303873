import type { QuotaPool } from './types';

/**
 * Counters of the service, per token and per clock-aligned minute. The figures are first guesses
 * (API Entreprise docs, volumétrie, and the service's throttle table of April 2026): the
 * `RateLimit-*` headers of every answer correct them.
 */
export const quotaPools = [
  { id: 'data', label: 'Données', limitPerMinute: 250 },
  { id: 'documents', label: 'Documents', limitPerMinute: 50 },
  { id: 'proxied_files', label: 'Téléchargement de fichiers', limitPerMinute: 50 },
  { id: 'attestation_fiscale', label: 'Attestation fiscale', limitPerMinute: 5 },
  { id: 'attestation_vigilance', label: 'Attestation de vigilance', limitPerMinute: 100 },
  { id: 'cibtp', label: 'Certificat CIBTP', limitPerMinute: 5 },
  { id: 'inpi_actes_bilans', label: 'Actes et bilans INPI', limitPerMinute: 15 },
  { id: 'inpi_extrait_rne', label: 'Extrait RNE', limitPerMinute: 15 },
  { id: 'inpi_beneficiaires', label: 'Bénéficiaires effectifs', limitPerMinute: 15 },
  { id: 'effectifs', label: 'Effectifs', limitPerMinute: 50 },
  { id: 'v2_data', label: 'Données (v2)', limitPerMinute: 250 },
  { id: 'v2_documents', label: 'Documents (v2)', limitPerMinute: 50 },
  { id: 'v2_attestation_fiscale', label: 'Attestation fiscale (v2)', limitPerMinute: 5 },
  { id: 'v2_actes_inpi', label: 'Actes INPI (v2)', limitPerMinute: 5 },
  { id: 'v2_bilans_inpi', label: 'Bilans INPI (v2)', limitPerMinute: 5 },
  { id: 'v2_effectifs', label: 'Effectifs (v2)', limitPerMinute: 250 },
  { id: 'v2_agefiph', label: 'Agefiph (v2)', limitPerMinute: 250 },
] as const satisfies readonly QuotaPool[];

/** Ceiling over every token behind one address; above it the address is silenced for 12 hours. */
export const IP_LIMIT_PER_MINUTE = 1_000;
