/** What a document supplied by a company may be, as its text says. */
export const PIECE_KINDS = [
  'vigilance',
  'fiscale',
  'kbis',
  'rne',
  'msa',
  'probtp',
  'cibtp',
  'cnetp',
  'fntp',
  'qualibat',
  'qualifelec',
  'rge',
  'opqibi',
] as const;
export type PieceKind = (typeof PIECE_KINDS)[number];

interface PieceKindEntry {
  readonly label: string;
  /** Endpoint that gives the same document at its source; null: the source gives data without a document. */
  readonly endpointId: string | null;
}

export const pieceKinds: Readonly<Record<PieceKind, PieceKindEntry>> = {
  vigilance: { label: 'Attestation de vigilance', endpointId: 'urssaf.attestation_vigilance.v4' },
  fiscale: { label: 'Attestation fiscale', endpointId: 'dgfip.attestation_fiscale.v4' },
  // The RNE's certificate is the only document of registration that the service gives.
  kbis: { label: 'Extrait Kbis', endpointId: 'inpi.extrait_rne.v3' },
  rne: { label: 'Attestation d’immatriculation au RNE', endpointId: 'inpi.extrait_rne.v3' },
  msa: { label: 'Attestation MSA', endpointId: null },
  probtp: { label: 'Attestation PRO BTP', endpointId: 'probtp.attestation_cotisations_retraite.v3' },
  cibtp: { label: 'Certificat CIBTP', endpointId: 'cibtp.attestation_cotisations.v3' },
  cnetp: { label: 'Certificat CNETP', endpointId: 'cnetp.attestation_cotisations.v3' },
  fntp: { label: 'Carte professionnelle de travaux publics', endpointId: 'fntp.carte_professionnelle.v3' },
  qualibat: { label: 'Certificat Qualibat', endpointId: 'qualibat.certification_batiment.v4' },
  qualifelec: { label: 'Certificat Qualifelec', endpointId: 'qualifelec.certificats.v3' },
  rge: { label: 'Certificat RGE', endpointId: 'ademe.certification_rge.v3' },
  opqibi: { label: 'Certificat OPQIBI', endpointId: null },
};

/** A document that a company handed over: kept apart from those fetched at their source, and never taken for one. */
export interface SuppliedFile {
  readonly id: string;
  readonly dossierId: string;
  readonly identifier: string;
  /** As the company named it. */
  readonly originalName: string;
  readonly mediaType: 'application/pdf' | 'image/jpeg' | 'image/png';
  readonly byteLength: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** ISO 8601 UTC. */
  readonly addedAt: string;
  readonly addedBy: string;
  /** Recognised in the text; null when nothing tells. */
  readonly kind: PieceKind | null;
  /** Why the text could not be read. */
  readonly textState: PieceTextState;
}

/** In its dossier, with the pieces of the list that the agent said it stands for. */
export interface ListedFile extends SuppliedFile {
  readonly standsFor: readonly string[];
}

/** `image`: no text layer (a scan); `unreadable`: damaged, locked, or too heavy to be read safely. */
export type PieceTextState = 'read' | 'image' | 'unreadable';

/** One line of the comparison. `unread`: one side does not say, so nothing can be concluded. */
export interface ComparisonRow {
  readonly label: string;
  readonly supplied: string | null;
  readonly source: string | null;
  readonly verdict: 'agrees' | 'differs' | 'unread';
  /** What the difference may mean, and what to do. */
  readonly note: string | null;
}

export interface Comparison {
  readonly rows: readonly ComparisonRow[];
  /** What the reader must know before the table. */
  readonly summary: string;
}
