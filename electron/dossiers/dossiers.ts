import { randomUUID } from 'node:crypto';

import type { Agent } from '../../shared/domain/agent';
import type { Dossier, DossierState } from '../../shared/domain/dossier';
import type { Habilitation } from '../../shared/domain/habilitation';
import type { RecordEvent } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import { IpcFailure } from '../ipc-failure';
import { createOneAtATime } from '../one-at-a-time';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import { assertOpen, assertRecipientIsNoCompany, checkCompany, checkDraft, type CompanyDraft, type DossierDraft } from './dossier-rules';
import type { DossierStore } from './dossier-store';

/** Habilitations, as far as dossiers need to know them. */
export interface HabilitationDirectory {
  find(id: string): Habilitation | undefined;
  /** Those that the agent may use. */
  listFor(agent: Agent): readonly Habilitation[];
}

export interface DossiersDeps {
  readonly store: DossierStore;
  readonly habilitations: HabilitationDirectory;
  readonly record: RecordEvent;
  readonly clock: Clock;
}

export type Dossiers = ReturnType<typeof createDossiers>;

const stateNames: Readonly<Record<DossierState, string>> = { open: 'ouvert', closed: 'clos', archived: 'archivé' };

/** Case files: an agent sees those of his habilitations only; every change is traced first. */
export function createDossiers({ store, habilitations, record, clock }: DossiersDeps) {
  const oneAtATime = createOneAtATime();
  /** Reads, checks, traces and saves before the next change of any dossier begins. */
  const change = <A extends unknown[]>(work: (...input: A) => Promise<Dossier>) => (...input: A) => oneAtATime(() => work(...input));
  const now = () => new Date(clock.now()).toISOString();

  /** A responsable sees every dossier; an agent those of the habilitations he belongs to. */
  function visibleHabilitationIds(agent: Agent): readonly string[] | undefined {
    return hasRight(agent.role, 'dossiers.manage') ? undefined : habilitations.listFor(agent).map((one) => one.id);
  }

  /** The same answer for a dossier that does not exist and for one that the agent may not see. */
  function get(agent: Agent, id: string): Dossier {
    const dossier = store.find(id);
    const visible = visibleHabilitationIds(agent);
    if (!dossier || (visible && !visible.includes(dossier.habilitationId))) {
      throw new IpcFailure('not_found', 'Ce dossier n’existe pas, ou il ne vous est pas ouvert.');
    }
    return dossier;
  }

  function usableHabilitation(agent: Agent, id: string): Habilitation {
    const habilitation = habilitations.listFor(agent).find((one) => one.id === id);
    if (!habilitation) throw new IpcFailure('invalid_input', 'Choisissez une habilitation dont vous faites partie.', 'habilitationId');
    return habilitation;
  }

  async function saveTraced(agent: Agent, dossier: Dossier, detail: string): Promise<Dossier> {
    await traceOrRefuse(record, {
      ...by(agent),
      event: 'dossier.changed',
      outcome: 'success',
      dossierId: dossier.id,
      dossierTitle: dossier.title,
      habilitationId: dossier.habilitationId,
      detail,
    });
    store.save(dossier);
    return dossier;
  }

  function blankDossier(agent: Agent): Pick<Dossier, 'id' | 'state' | 'companies' | 'createdBy' | 'createdAt' | 'updatedAt'> {
    return { id: randomUUID(), state: 'open', companies: [], createdBy: agent.displayName, createdAt: now(), updatedAt: now() };
  }

  return {
    /** For the pipeline, which checks the agent's rights itself. */
    find: (id: string): Dossier | undefined => store.find(id),
    get,
    list: (agent: Agent, filter: { readonly text?: string | undefined; readonly state?: DossierState | undefined }): Dossier[] =>
      store.list({ ...filter, habilitationIds: visibleHabilitationIds(agent) }),

    create: change(async (agent: Agent, draft: DossierDraft) => {
      const checked = checkDraft(draft, usableHabilitation(agent, draft.habilitationId));
      return saveTraced(agent, { ...blankDossier(agent), ...checked }, 'Dossier créé.');
    }),

    update: change(async (agent: Agent, id: string, draft: DossierDraft) => {
      const before = get(agent, id);
      assertOpen(before);
      const checked = checkDraft(draft, usableHabilitation(agent, draft.habilitationId));
      assertRecipientIsNoCompany(before.companies, checked.recipient);
      return saveTraced(agent, { ...before, ...checked, updatedAt: now() }, 'Dossier modifié.');
    }),

    setState: change(async (agent: Agent, id: string, state: DossierState) => {
      const before = get(agent, id);
      if (before.state === state) return before;
      return saveTraced(agent, { ...before, state, updatedAt: now() }, `Dossier ${stateNames[before.state]} → ${stateNames[state]}.`);
    }),

    /** A new open dossier with the same justification and companies. */
    duplicate: change(async (agent: Agent, id: string) => {
      const source = get(agent, id);
      usableHabilitation(agent, source.habilitationId);
      const companies = source.companies.map((company) => ({ ...company, addedAt: now() }));
      const copy = { ...source, ...blankDossier(agent), companies, title: `${source.title} (copie)` };
      return saveTraced(agent, copy, `Dossier copié de « ${source.title} ».`);
    }),

    /** Adding a company that is already there corrects its name and establishment. */
    addCompany: change(async (agent: Agent, id: string, draft: CompanyDraft) => {
      const before = get(agent, id);
      assertOpen(before);
      const company = checkCompany(draft, before.recipient);
      const known = before.companies.find((one) => one.identifier === company.identifier);
      const entry = { ...company, addedAt: known?.addedAt ?? now() };
      const companies = known ? before.companies.map((one) => (one === known ? entry : one)) : [...before.companies, entry];
      const detail = known ? `Entreprise ${company.identifier} mise à jour.` : `Entreprise ${company.identifier} ajoutée.`;
      return saveTraced(agent, { ...before, companies, updatedAt: now() }, detail);
    }),

    removeCompany: change(async (agent: Agent, id: string, identifier: string) => {
      const before = get(agent, id);
      assertOpen(before);
      const companies = before.companies.filter((one) => one.identifier !== identifier);
      if (companies.length === before.companies.length) return before;
      return saveTraced(agent, { ...before, companies, updatedAt: now() }, `Entreprise ${identifier} retirée.`);
    }),
  };
}
