/** Everything that the journal knows how to say. Call events come in pairs: intent, then outcome. */
export const JOURNAL_EVENTS = [
  'call.intent',
  'call.outcome',
  'call.refused',
  'document.fetched',
  'document.opened',
  'document.exported',
  'document.printed',
  'piece.supplied',
  'piece.compared',
  'piece.removed',
  'data.read',
  'data.copied',
  'data.exported',
  'session.opened',
  'session.refused',
  'session.closed',
  'agent.created',
  'agent.changed',
  'habilitation.changed',
  'token.changed',
  'token.tested',
  'key.changed',
  'workstation.erased',
  'update.downloaded',
  'settings.changed',
  'dossier.changed',
  'batch.changed',
  'journal.created',
  'journal.opened',
  'journal.closed',
  // The file does not continue what the witness last saw: truncated, or an older copy put back.
  'journal.head_mismatch',
  'journal.backed_up',
  'journal.restored',
  'clock.set_back',
  // A clock outside shows the same hour: rows before were dated by a clock that was ahead.
  'clock.confirmed',
  // Lines of other agents were shown.
  'journal.read',
  'journal.exported',
  'journal.verified',
  'journal.anchored',
  'journal.purged',
  'dossier.purged',
] as const;
export type JournalEvent = (typeof JOURNAL_EVENTS)[number];

/** What « Historique » and its exports call each event. */
export const journalEventLabels: Readonly<Record<JournalEvent, string>> = {
  'call.intent': 'Consultation',
  'call.outcome': 'Réponse à une consultation',
  'call.refused': 'Consultation refusée',
  'document.fetched': 'Document reçu',
  'document.opened': 'Document ouvert',
  'document.exported': 'Document enregistré',
  'document.printed': 'Document imprimé',
  'piece.supplied': 'Document fourni déposé',
  'piece.compared': 'Document fourni comparé',
  'piece.removed': 'Document fourni retiré',
  'data.read': 'Données consultées',
  'data.copied': 'Donnée copiée',
  'data.exported': 'Données exportées',
  'session.opened': 'Ouverture de session',
  'session.refused': 'Ouverture de session refusée',
  'session.closed': 'Fermeture de session',
  'agent.created': 'Compte créé',
  'agent.changed': 'Compte modifié',
  'habilitation.changed': 'Habilitation modifiée',
  'token.changed': 'Jeton modifié',
  'token.tested': 'Jeton testé',
  'key.changed': 'Clé des données changée',
  'workstation.erased': 'Effacement du poste',
  'update.downloaded': 'Mise à jour téléchargée',
  'settings.changed': 'Réglage modifié',
  'dossier.changed': 'Dossier modifié',
  'batch.changed': 'Lot',
  'journal.created': 'Historique créé',
  'journal.opened': 'Historique ouvert',
  'journal.closed': 'Historique fermé',
  'journal.head_mismatch': 'Rupture constatée à l’ouverture',
  'journal.backed_up': 'Historique sauvegardé',
  'journal.restored': 'Historique restauré',
  'clock.set_back': 'Horloge reculée',
  'clock.confirmed': 'Horloge confirmée',
  'journal.read': 'Historique consulté',
  'journal.exported': 'Historique exporté',
  'journal.verified': 'Historique vérifié',
  'journal.anchored': 'Historique horodaté',
  'journal.purged': 'Fin de conservation',
  'dossier.purged': 'Dossier supprimé',
};

export type JournalOutcome = 'success' | 'failure' | 'refused' | 'interrupted' | 'pending';

export const journalOutcomeLabels: Readonly<Record<JournalOutcome, string>> = {
  success: 'Réussi',
  failure: 'Échec',
  refused: 'Refusé',
  interrupted: 'Interrompu',
  pending: 'En cours',
};

/** An event that is not a call, as a feature hands it to the journal before acting on it. */
export interface TracedEvent {
  readonly event: Exclude<JournalEvent, 'call.intent' | 'call.outcome' | 'call.refused'>;
  readonly outcome: Extract<JournalOutcome, 'success' | 'failure' | 'refused'>;
  /** Null when nobody is identified (a refused sign-in under an unknown login). */
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly habilitationId?: string;
  readonly environment?: string;
  readonly dossierId?: string;
  readonly dossierTitle?: string;
  /** The company that it is about, when there is one. */
  readonly identifier?: string;
  readonly companyName?: string;
  /** Hexadecimal, of the file that leaves or arrives. */
  readonly documentSha256?: string;
  /** What the service answered, when the event is a question to it. */
  readonly httpStatus?: number;
  readonly requestId?: string | null;
  /** A French sentence, without any secret. */
  readonly detail: string;
}

/** Resolves once the event is durably on disk; rejects when it is not, and then the act is refused. */
export type RecordEvent = (event: TracedEvent) => Promise<void>;

/** What « Historique » shows: one line a call (intent and outcome joined) or one other event. */
export interface JournalLine {
  readonly seq: number;
  /** ISO 8601 with the workstation's offset. */
  readonly at: string;
  readonly event: JournalEvent;
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly workstation: string;
  readonly dossierId: string | null;
  readonly dossierTitle: string | null;
  readonly habilitationId: string | null;
  readonly environment: string | null;
  readonly endpointId: string | null;
  readonly provider: string | null;
  readonly identifier: string | null;
  readonly companyName: string | null;
  readonly context: string | null;
  readonly recipient: string | null;
  readonly object: string | null;
  readonly outcome: JournalOutcome;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly durationMs: number | null;
  readonly bodySha256: string | null;
  readonly documentSha256: string | null;
  /** A French sentence for events that are not calls. */
  readonly detail: string | null;
  readonly hash: string;
  readonly outcomeSeq: number | null;
}

export interface JournalFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly agentId?: string | undefined;
  readonly dossierId?: string | undefined;
  readonly identifier?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly provider?: string | undefined;
  readonly outcome?: JournalOutcome | undefined;
  readonly habilitationId?: string | undefined;
  readonly text?: string | undefined;
  readonly requestIds?: readonly string[] | undefined;
  /** Calls only, or every event. */
  readonly kind?: 'calls' | 'all' | undefined;
}

export const EXPORT_FORMATS = ['csv', 'xlsx', 'jsonl', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How a chain can be broken. */
export const BREAK_KINDS = ['edited', 'removed', 'inserted', 'reordered', 'truncated', 'older_copy', 'foreign_seal'] as const;
export type BreakKind = (typeof BREAK_KINDS)[number];

export const breakSentences: Readonly<Record<BreakKind, string>> = {
  edited: 'Cette ligne a été modifiée après coup.',
  removed: 'Une ligne, un sceau ou un horodatage a été supprimé à cet endroit.',
  inserted: 'Cette ligne a été ajoutée après coup.',
  reordered: 'L’ordre des lignes a été changé à cet endroit.',
  truncated: 'Les dernières lignes de l’historique ont été supprimées.',
  older_copy: 'Une copie plus ancienne de l’historique a été remise en place.',
  foreign_seal: 'Ce sceau n’a pas été fait par la clé de ce poste.',
};

export interface JournalBreak {
  readonly kind: BreakKind;
  /** First row concerned. */
  readonly seq: number;
}

/** What a verification established; `break` is null when nothing is wrong. */
export interface VerificationReport {
  readonly ok: boolean;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly rowCount: number;
  readonly break: JournalBreak | null;
  readonly headHash: string | null;
  readonly sealCount: number;
  readonly lastSealedSeq: number | null;
  /** ISO 8601 UTC. */
  readonly lastSealedAt: string | null;
  readonly anchorCount: number;
  /** Base64 of the Ed25519 public key (SubjectPublicKeyInfo). */
  readonly publicKey: string;
}

/** One bar of the statistics: how many lines share these values. */
export interface StatisticsRow {
  /** Local day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly agentId: string | null;
  readonly agentName: string | null;
  readonly provider: string | null;
  readonly endpointId: string | null;
  readonly habilitationId: string | null;
  readonly outcome: JournalOutcome;
  readonly count: number;
}

/** Why calls failed or were refused: how many lines share these values, most frequent first. */
export interface RefusalReason {
  readonly outcome: Extract<JournalOutcome, 'refused' | 'failure'>;
  readonly provider: string | null;
  readonly httpStatus: number | null;
  readonly code: string | null;
  /** French sentence of the newest of these lines. */
  readonly detail: string | null;
  readonly count: number;
}

/** How much of a token's quota pool was used in its busiest minute. */
export interface QuotaUse {
  readonly habilitationId: string | null;
  readonly pool: string;
  /** Calls that reached the service. */
  readonly callCount: number;
  readonly busiestMinuteCalls: number;
  /** ISO 8601 UTC. */
  readonly busiestMinuteAt: string;
}

/** Lines of an answer to an audit that a page shows at first; the rest is asked for when it is wanted. */
export const AUDIT_FIRST_LINES = 500;

/** Under which `journal.exportProgress` tells of the end of retention, whoever began it. */
export const PURGE_ID = 'purge';

/** What a purge deletes, or would delete. */
export interface PurgeSummary {
  /** Months applied: never under 36. */
  readonly months: number;
  readonly lineCount: number;
  /** Last row concerned; 0 when there is none. */
  readonly throughSeq: number;
  /** Milliseconds since the Unix epoch: rows older than this are concerned. */
  readonly before: number;
}
