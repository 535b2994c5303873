/** In the order in which a call meets them. */
export const CHECK_IDS = ['proxy', 'dns', 'tcp', 'tls', 'clock', 'ping', 'providers', 'token', 'keychain', 'database', 'disk'] as const;
export type CheckId = (typeof CHECK_IDS)[number];

export interface CheckDescription {
  readonly title: string;
  /** What it does, and what it costs. */
  readonly about: string;
}

export const checks: Readonly<Record<CheckId, CheckDescription>> = {
  proxy: { title: 'Proxy', about: 'Par où les appels sortent de ce poste.' },
  dns: { title: 'Nom du service', about: 'Le nom du service est trouvé sur le réseau.' },
  tcp: { title: 'Connexion', about: 'Le service, ou le proxy, accepte la connexion.' },
  tls: { title: 'Certificat', about: 'La liaison est chiffrée, et le certificat reconnu.' },
  clock: { title: 'Horloge', about: 'L’heure de ce poste est celle du service.' },
  ping: { title: 'API Entreprise', about: 'Le service répond. Sans jeton ni quota.' },
  providers: { title: 'Fournisseurs', about: 'Chaque fournisseur de données répond au service. Sans jeton ni quota.' },
  token: { title: 'Jeton', about: 'Le service reconnaît le jeton de l’habilitation. Compte pour un appel, inscrit dans l’historique.' },
  keychain: { title: 'Trousseau', about: 'Le trousseau du système protège les jetons et les clés.' },
  database: { title: 'Bases de données', about: 'Les fichiers des dossiers et de l’historique sont sains.' },
  disk: { title: 'Disque', about: 'Il reste de la place pour les données et l’historique.' },
};

export const CHECK_STATES = ['ok', 'warning', 'error', 'skipped'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

export const stateLabels: Readonly<Record<CheckState, string>> = { ok: 'En ordre', warning: 'À surveiller', error: 'En défaut', skipped: 'Sans objet' };

export interface CheckResult {
  readonly checkId: CheckId;
  readonly state: CheckState;
  /** A French sentence: what was seen. */
  readonly summary: string;
  /** A French sentence: what to do; null when there is nothing to do. */
  readonly mend: string | null;
  /** Names and values beside the sentence; never a secret. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly durationMs: number;
  /** ISO 8601 UTC. */
  readonly at: string;
}
