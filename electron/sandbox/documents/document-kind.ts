/** Documents that the sandbox makes. */
export const documentKinds = {
  attestation_fiscale: { title: 'Attestation de régularité fiscale', provider: 'DGFIP' },
  attestation_vigilance: { title: 'Attestation de vigilance', provider: 'Urssaf' },
  bilan: { title: 'Comptes annuels', provider: 'INPI' },
  acte: { title: 'Acte déposé au registre', provider: 'INPI' },
  extrait_rne: { title: "Attestation d'immatriculation au RNE", provider: 'INPI' },
  certificat_cibtp: { title: 'Certificat de congés payés', provider: 'CIBTP' },
  certificat_cnetp: { title: 'Certificat de congés payés', provider: 'CNETP' },
  attestation_probtp: { title: 'Attestation de cotisations retraite', provider: 'PRO BTP' },
  carte_fntp: { title: 'Carte professionnelle travaux publics', provider: 'FNTP' },
  certificat_qualibat: { title: 'Certificat de qualification', provider: 'Qualibat' },
  certificat_qualifelec: { title: 'Certificat de qualification', provider: 'Qualifelec' },
  certificat_rge: { title: 'Certificat RGE', provider: 'ADEME' },
  document_association: { title: "Document d'association", provider: "Ministère de l'Intérieur" },
} as const;

export type DocumentKind = keyof typeof documentKinds;

/** ZIP archives of version 2: each document in PDF, with its description in XML. */
export type ArchiveKind = 'archive_actes' | 'archive_bilans';

export type FileKind = DocumentKind | ArchiveKind;

/** A file as served. */
export interface BuiltDocument {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly fileName: string;
}
