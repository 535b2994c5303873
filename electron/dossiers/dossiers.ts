import { randomUUID } from 'node:crypto';

import type { Agent } from '../../shared/domain/agent';
import { type Dossier, type DossierState, usualRole } from '../../shared/domain/dossier';
import type { Habilitation } from '../../shared/domain/habilitation';
import type { RecordEvent } from '../../shared/domain/journal';
import { hasRight } from '../../shared/domain/rights';
import { IpcFailure } from '../ipc-failure';
import { createOneAtATime } from '../one-at-a-time';
import type { Clock } from '../storage/clock';
import { by, traceOrRefuse } from '../trace';
import { assertOpen, assertRecipientIsNoCompany, checkCompany, checkDraft, type CompanyDraft, type DossierDraft } from './dossier-rules';
import type { DossierFilter, DossierPageRequest } from './dossier-query';
import type { DossierPage, DossierStore } from './dossier-store';

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

const stateNames: Readonly<Record<DossierState, string>> = { open: 'ouvert', closed: 'clos', archived: 'archivé' };

/** Case files: an agent sees those of his habilitations only; every change is traced first. */
export class Dossiers {
  readonly #oneAtATime = createOneAtATime();

  constructor(private readonly deps: DossiersDeps) {}

  /** Reads, checks, traces and saves before the next change of any dossier begins. */
  private readonly change = <A extends unknown[]>(work: (...input: A) => Promise<Dossier>) => (...input: A) => this.#oneAtATime(() => work(...input));
  private readonly now = () => new Date(this.deps.clock.now()).toISOString();

  /** A responsable sees every dossier; an agent those of the habilitations he belongs to. */
  private visibleHabilitationIds(agent: Agent): readonly string[] | undefined {
    return hasRight(agent.role, 'dossiers.manage') ? undefined : this.deps.habilitations.listFor(agent).map((one) => one.id);
  }

  /** The same answer for a dossier that does not exist and for one that the agent may not see. */
  get(agent: Agent, id: string): Dossier {
    const dossier = this.deps.store.find(id);
    const visible = this.visibleHabilitationIds(agent);
    if (!dossier || (visible && !visible.includes(dossier.habilitationId))) {
      throw new IpcFailure('not_found', 'Ce dossier n’existe pas, ou il ne vous est pas ouvert : revenez à la liste, ou adressez-vous au responsable.');
    }
    return dossier;
  }

  private usableHabilitation(agent: Agent, id: string): Habilitation {
    const habilitation = this.deps.habilitations.listFor(agent).find((one) => one.id === id);
    if (!habilitation) throw new IpcFailure('invalid_input', 'Choisissez une habilitation dont vous faites partie.', 'habilitationId');
    return habilitation;
  }

  private async saveTraced(agent: Agent, dossier: Dossier, detail: string): Promise<Dossier> {
    await traceOrRefuse(this.deps.record, {
      ...by(agent),
      event: 'dossier.changed',
      outcome: 'success',
      dossierId: dossier.id,
      dossierTitle: dossier.title,
      habilitationId: dossier.habilitationId,
      detail,
    });
    this.deps.store.save(dossier);
    return dossier;
  }

  private blankDossier(agent: Agent): Pick<Dossier, 'id' | 'state' | 'companies' | 'createdBy' | 'createdAt' | 'updatedAt'> {
    const now = this.now();
    return { id: randomUUID(), state: 'open', companies: [], createdBy: agent.displayName, createdAt: now, updatedAt: now };
  }

  /** For the pipeline, which checks the agent's rights itself. */
  readonly find = (id: string): Dossier | undefined => this.deps.store.find(id);
  readonly list = (agent: Agent, filter: Omit<DossierFilter, 'habilitationIds'>, page?: DossierPageRequest): DossierPage =>
    this.deps.store.list({ ...filter, habilitationIds: this.visibleHabilitationIds(agent) }, page);
  readonly tags = (agent: Agent): readonly string[] => this.deps.store.tags({ habilitationIds: this.visibleHabilitationIds(agent) });

  readonly create = this.change(async (agent: Agent, draft: DossierDraft) => {
    const checked = checkDraft(draft, this.usableHabilitation(agent, draft.habilitationId));
    return this.saveTraced(agent, { ...this.blankDossier(agent), ...checked }, 'Dossier créé.');
  });

  readonly update = this.change(async (agent: Agent, id: string, draft: DossierDraft) => {
    const before = this.get(agent, id);
    assertOpen(before);
    const checked = checkDraft(draft, this.usableHabilitation(agent, draft.habilitationId));
    assertRecipientIsNoCompany(before.companies, checked.recipient);
    return this.saveTraced(agent, { ...before, ...checked, updatedAt: this.now() }, 'Dossier modifié.');
  });

  /** `remark` completes what the journal says, such as the reason of a closing. */
  readonly setState = this.change(async (agent: Agent, id: string, state: DossierState, remark: string = '') => {
    const before = this.get(agent, id);
    if (before.state === state) return before;
    const detail = `Dossier ${stateNames[before.state]} → ${stateNames[state]}. ${remark}`.trim();
    return this.saveTraced(agent, { ...before, state, updatedAt: this.now() }, detail);
  });

  /** A new open dossier with the same justification and companies; deadline and notes belong to the case that is copied. */
  readonly duplicate = this.change(async (agent: Agent, id: string) => {
    const source = this.get(agent, id);
    this.usableHabilitation(agent, source.habilitationId);
    const companies = source.companies.map((company) => ({ ...company, addedAt: this.now() }));
    const copy = { ...source, ...this.blankDossier(agent), companies, title: `${source.title} (copie)`, deadline: null, notes: '' };
    return this.saveTraced(agent, copy, `Dossier copié de « ${source.title} ».`);
  });

  /** Adding a company that is already there corrects its name, its establishment and its role. */
  readonly addCompany = this.change(async (agent: Agent, id: string, draft: CompanyDraft) => {
    const before = this.get(agent, id);
    assertOpen(before);
    const company = checkCompany(draft, before.recipient);
    const known = before.companies.find((one) => one.identifier === company.identifier);
    const role = draft.role ?? known?.role ?? usualRole(before.useCase);
    const wasHeadOffice = known?.siret === company.siret && known.isHeadOffice;
    const isHeadOffice = company.siret !== null && (draft.isHeadOffice ?? wasHeadOffice);
    const entry = { ...company, isHeadOffice, role, addedAt: known?.addedAt ?? this.now() };
    const companies = known ? before.companies.map((one) => (one === known ? entry : one)) : [...before.companies, entry];
    const detail = known ? `Entreprise ${company.identifier} mise à jour.` : `Entreprise ${company.identifier} ajoutée.`;
    return this.saveTraced(agent, { ...before, companies, updatedAt: this.now() }, detail);
  });

  readonly removeCompany = this.change(async (agent: Agent, id: string, identifier: string) => {
    const before = this.get(agent, id);
    assertOpen(before);
    const companies = before.companies.filter((one) => one.identifier !== identifier);
    if (companies.length === before.companies.length) return before;
    return this.saveTraced(agent, { ...before, companies, updatedAt: this.now() }, `Entreprise ${identifier} retirée.`);
  });
}
