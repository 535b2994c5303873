import type { Procedure } from '../../shared/domain/completeness';
import type { CompanyRole, Dossier, DossierCompany, DossierState } from '../../shared/domain/dossier';
import type { Siret } from '../../shared/domain/identifiers';
import type { UseCase } from '../../shared/domain/use-case';
import { type Database, inTransaction } from '../storage/database';
import { conditionOf, type DossierFilter, type DossierPageRequest, orderOf } from './dossier-query';
import { searchTextOf } from './search-text';

interface DossierRow {
  id: string;
  title: string;
  habilitation_id: string;
  use_case: UseCase;
  procedure: Procedure | null;
  context: string;
  recipient: Siret;
  object: string;
  notes: string;
  tags: string;
  deadline: string | null;
  state: DossierState;
  created_by: string;
  created_at: string;
  updated_at: string;
}

interface CompanyRow {
  dossier_id: string;
  identifier: string;
  siret: Siret | null;
  is_head_office: number;
  name: string;
  role: CompanyRole;
  added_at: string;
}

export interface DossierPage {
  readonly dossiers: readonly Dossier[];
  readonly total: number;
}

const PAGE = 100;

export type DossierStore = ReturnType<typeof createDossierStore>;

/** Dossiers and their companies in the database. */
export function createDossierStore(database: Database) {
  function companiesOf(ids: readonly string[]): Map<string, DossierCompany[]> {
    const rows = database
      .prepare('SELECT * FROM dossier_companies WHERE dossier_id IN (SELECT value FROM json_each(?)) ORDER BY added_at, rowid')
      .all(JSON.stringify(ids)) as CompanyRow[];
    const byDossier = new Map<string, DossierCompany[]>();
    for (const row of rows) {
      const companies = byDossier.get(row.dossier_id) ?? [];
      companies.push({ identifier: row.identifier, siret: row.siret, isHeadOffice: row.is_head_office === 1, name: row.name, role: row.role, addedAt: row.added_at });
      byDossier.set(row.dossier_id, companies);
    }
    return byDossier;
  }

  function withCompanies(rows: readonly DossierRow[]): Dossier[] {
    const companies = companiesOf(rows.map((row) => row.id));
    return rows.map((row) => dossierOf(row, companies.get(row.id) ?? []));
  }

  return {
    find(id: string): Dossier | undefined {
      return withCompanies(database.prepare('SELECT * FROM dossiers WHERE id = ?').all(id) as DossierRow[])[0];
    },
    /** One page: companies are read for its dossiers only. */
    list(filter: DossierFilter, { sort = 'urgency', limit = PAGE, offset = 0 }: DossierPageRequest = {}): DossierPage {
      const { where, values } = conditionOf(filter);
      const { total } = database.prepare(`SELECT COUNT(*) AS total FROM dossiers ${where}`).get(...values) as { total: number };
      // What is sorted is row numbers alone: notes and search text are read for the page only.
      const rowids = database.prepare(`SELECT rowid FROM dossiers ${where} ORDER BY ${orderOf[sort]} LIMIT ? OFFSET ?`).all(...values, limit, offset) as { rowid: number }[];
      const rows = database
        .prepare('SELECT dossiers.* FROM json_each(?) AS page JOIN dossiers ON dossiers.rowid = page.value ORDER BY page.key')
        .all(JSON.stringify(rowids.map(({ rowid }) => rowid))) as DossierRow[];
      return { dossiers: withCompanies(rows), total };
    },
    tags(filter: DossierFilter): readonly string[] {
      const { where, values } = conditionOf(filter);
      const rows = database.prepare(`SELECT DISTINCT each.value AS tag FROM (SELECT tags FROM dossiers ${where}) AS found, json_each(found.tags) AS each`).all(...values);
      return (rows as { tag: string }[]).map(({ tag }) => tag).sort((one, other) => one.localeCompare(other, 'fr'));
    },
    /** Writes the dossier as it is now, companies included. */
    save(dossier: Dossier): void {
      inTransaction(database, () => {
        saveRow(database, dossier);
        database.prepare('DELETE FROM dossier_companies WHERE dossier_id = ?').run(dossier.id);
        const insert = database.prepare('INSERT INTO dossier_companies (dossier_id, identifier, siret, is_head_office, name, role, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)');
        for (const { identifier, siret, isHeadOffice, name, role, addedAt } of dossier.companies) insert.run(dossier.id, identifier, siret, Number(isHeadOffice), name, role, addedAt);
      });
    },
  };
}

function saveRow(database: Database, dossier: Dossier): void {
  database
    .prepare(
      `INSERT INTO dossiers (id, title, habilitation_id, use_case, procedure, context, recipient, object, notes, tags, deadline, state,
         created_by, created_at, updated_at, search_text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET title = excluded.title, habilitation_id = excluded.habilitation_id,
         use_case = excluded.use_case, procedure = excluded.procedure, context = excluded.context, recipient = excluded.recipient, object = excluded.object,
         notes = excluded.notes, tags = excluded.tags, deadline = excluded.deadline, state = excluded.state,
         updated_at = excluded.updated_at, search_text = excluded.search_text`,
    )
    .run(
      dossier.id, dossier.title, dossier.habilitationId, dossier.useCase, dossier.procedure, dossier.context, dossier.recipient, dossier.object,
      dossier.notes, JSON.stringify(dossier.tags), dossier.deadline, dossier.state, dossier.createdBy, dossier.createdAt,
      dossier.updatedAt, searchTextOf(dossier),
    );
}

function dossierOf(row: DossierRow, companies: readonly DossierCompany[]): Dossier {
  return {
    id: row.id,
    title: row.title,
    habilitationId: row.habilitation_id,
    useCase: row.use_case,
    procedure: row.procedure,
    context: row.context,
    recipient: row.recipient,
    object: row.object,
    notes: row.notes,
    tags: JSON.parse(row.tags) as string[],
    deadline: row.deadline,
    state: row.state,
    companies,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
