import type { Session } from '../../shared/domain/agent';
import type { Dossier, DossierCompany } from '../../shared/domain/dossier';
import type { Habilitation } from '../../shared/domain/habilitation';
import type { JournalLine } from '../../shared/domain/journal';
import { type CompanySources, type DossierContents, exportedCompany } from './contents';

export interface GatherDeps {
  readonly now: () => number;
  readonly workstation: string;
  readonly habilitationOf: (id: string) => Habilitation | undefined;
  /** What this agent may read of one company. */
  readonly sourcesOf: (session: Session, dossier: Dossier, company: DossierCompany) => CompanySources;
  readonly gridOf: (session: Session, dossier: Dossier) => DossierContents['grid'] | Promise<DossierContents['grid']>;
  /** Seals the journal and answers its head. */
  readonly sealJournal: () => Promise<{ readonly seq: number; readonly hash: string }>;
  /** Every line of a dossier, whoever wrote it: only their numbers leave. */
  readonly linesOf: (dossierId: string) => Promise<readonly JournalLine[]>;
}

/** Reads, for one agent and one moment, all that an export may say. */
export function createGather(deps: GatherDeps): (session: Session, dossier: Dossier) => Promise<DossierContents> {
  return async (session, dossier) => {
    const now = deps.now();
    const habilitation = deps.habilitationOf(dossier.habilitationId);
    const lines = await deps.linesOf(dossier.id);
    return {
      dossier,
      habilitation: { title: habilitation?.title ?? 'Habilitation supprimée', environment: habilitation?.environment ?? '' },
      author: session.agent.displayName,
      workstation: deps.workstation,
      generatedAt: now,
      journalHead: await deps.sealJournal(),
      journalLineOf: lineFinder(lines),
      grid: await deps.gridOf(session, dossier),
      companies: dossier.companies.map((company) => exportedCompany(company, deps.sourcesOf(session, dossier, company), { now, deadline: dossier.deadline })),
    };
  };
}

/** The call that brought it, or the line that names its digest. */
function lineFinder(lines: readonly JournalLine[]): DossierContents['journalLineOf'] {
  const byRequest = new Map(lines.flatMap(({ requestId, seq }) => (requestId === null ? [] : [[requestId, seq] as const])));
  const supplied = lines.filter(({ event }) => event === 'piece.supplied');
  return (reference) => {
    if (reference === null) return null;
    return byRequest.get(reference) ?? supplied.find(({ detail }) => detail?.includes(reference))?.seq ?? null;
  };
}
