import { findEndpoint, providerLabelOf } from '../../../shared/catalogue';
import { type Environment, environmentLabels } from '../../../shared/domain/environment';
import { journalEventLabels, type JournalLine, journalOutcomeLabels } from '../../../shared/domain/journal';
import type { CsvRow } from '../../files/csv';

/** What the habilitations are called, by id. */
export type HabilitationTitles = Readonly<Record<string, string>>;

export interface ExportColumn {
  readonly title: string;
  readonly kind: 'text' | 'integer' | 'instant';
  /** Characters, for the widths of a sheet. */
  readonly width: number;
  readonly value: (line: JournalLine, names: HabilitationTitles) => string | number | null;
}

const text = (title: string, width: number, value: (line: JournalLine, names: HabilitationTitles) => string | null): ExportColumn => ({ title, kind: 'text', width, value });
const integer = (title: string, width: number, value: (line: JournalLine) => number | null): ExportColumn => ({ title, kind: 'integer', width, value });

/** The French name of what was asked; null for what is not about an endpoint. */
export function endpointTitle({ endpointId }: JournalLine): string | null {
  return endpointId && (findEndpoint(endpointId)?.title ?? endpointId);
}

/** The service's own codes are numbers; the others are for programs, and the sentence beside says them. */
export const serviceCode = ({ code }: JournalLine): string | null => (code !== null && /^\d+$/.test(code) ? code : null);

/** A line as a row of a table; `instantText` writes an instant as the reader of the file expects it. */
export function cellsOf(columns: readonly ExportColumn[], line: JournalLine, names: HabilitationTitles, instantText: (instant: string) => string): CsvRow {
  return columns.map(({ kind, value }) => {
    const content = value(line, names);
    return kind === 'instant' ? instantText(String(content)) : content;
  });
}

/** Columns of the table exports, in order. */
export const exportColumns: readonly ExportColumn[] = [
  integer('N°', 9, (line) => line.seq),
  { title: 'Date et heure (Paris)', kind: 'instant', width: 20, value: (line) => line.at },
  text('Instant (UTC)', 25, (line) => new Date(line.at).toISOString()),
  text('Événement', 24, (line) => journalEventLabels[line.event]),
  text('Résultat', 12, (line) => journalOutcomeLabels[line.outcome]),
  text('Agent', 24, (line) => line.agentName),
  text('Identifiant de l’agent', 22, (line) => line.agentId),
  text('Poste', 16, (line) => line.workstation),
  text('Dossier', 32, (line) => line.dossierTitle),
  text('Identifiant du dossier', 22, (line) => line.dossierId),
  text('Habilitation', 32, ({ habilitationId }, names) => habilitationId && (names[habilitationId] ?? null)),
  text('Identifiant de l’habilitation', 22, (line) => line.habilitationId),
  text('Environnement', 14, ({ environment }) => environment && (environmentLabels[environment as Environment] ?? environment)),
  text('Donnée', 32, endpointTitle),
  text('Identifiant de la donnée', 32, (line) => line.endpointId),
  text('Fournisseur', 16, ({ provider }) => provider && providerLabelOf(provider)),
  text('SIREN ou SIRET', 17, (line) => line.identifier),
  text('Entreprise', 32, (line) => line.companyName),
  text('Contexte', 22, (line) => line.context),
  text('Destinataire', 17, (line) => line.recipient),
  text('Objet', 32, (line) => line.object),
  integer('Statut HTTP', 11, (line) => line.httpStatus),
  text('Code du service', 14, serviceCode),
  text('Identifiant de requête', 38, (line) => line.requestId),
  integer('Durée (ms)', 11, (line) => line.durationMs),
  text('Empreinte de la réponse', 66, (line) => line.bodySha256),
  text('Empreinte du document', 66, (line) => line.documentSha256),
  text('Précision', 50, (line) => line.detail),
  text('Empreinte de la ligne', 66, (line) => line.hash),
];

/** Who, when, why and for which dossier, per request id: what the service's operators ask for. */
export const auditColumns: readonly ExportColumn[] = [
  text('Identifiant de requête', 38, (line) => line.requestId),
  { title: 'Date et heure (Paris)', kind: 'instant', width: 20, value: (line) => line.at },
  text('Instant (UTC)', 25, (line) => new Date(line.at).toISOString()),
  text('Agent', 24, (line) => line.agentName),
  text('Identifiant de l’agent', 22, (line) => line.agentId),
  text('Poste', 16, (line) => line.workstation),
  text('Événement', 24, (line) => journalEventLabels[line.event]),
  text('Donnée', 32, endpointTitle),
  text('Fournisseur', 16, ({ provider }) => provider && providerLabelOf(provider)),
  text('Identifiant de la donnée', 32, (line) => line.endpointId),
  text('SIREN ou SIRET', 17, (line) => line.identifier),
  text('Entreprise', 32, (line) => line.companyName),
  text('Dossier', 32, (line) => line.dossierTitle),
  text('Identifiant du dossier', 22, (line) => line.dossierId),
  text('Contexte', 22, (line) => line.context),
  text('Objet', 32, (line) => line.object),
  text('Destinataire', 17, (line) => line.recipient),
  text('Résultat', 12, (line) => journalOutcomeLabels[line.outcome]),
  integer('Statut HTTP', 11, (line) => line.httpStatus),
  integer('N° dans l’historique', 9, (line) => line.seq),
  text('Empreinte de la ligne', 66, (line) => line.hash),
];

export const UNKNOWN_REQUEST = 'Inconnu de l’historique de ce poste';
