import { findEndpoint } from '../../shared/catalogue';
import type { Session } from '../../shared/domain/agent';
import type { Dossier, DossierCompany } from '../../shared/domain/dossier';
import type { RecordEvent } from '../../shared/domain/journal';
import { interpretFailure } from '../../shared/errors';
import type { ChannelOutput } from '../../shared/ipc';
import type { Handlers } from '../ipc';
import { IpcFailure } from '../ipc-failure';
import { by, traceOrRefuse } from '../trace';
import type { FailedCallStore, Reminder } from './failed-call-store';

export interface ReminderHandlerDeps {
  readonly failedCalls: Pick<FailedCallStore, 'reminders' | 'findReminder' | 'dismissReminder' | 'findDismissed' | 'restoreReminder'>;
  /** Throws an {@link IpcFailure} when this agent may not open this dossier. */
  readonly dossierOf: (session: Session, dossierId: string) => Dossier;
  /** Endpoints whose answers this agent may read in this dossier. Throws as above. */
  readonly readableEndpoints: (session: Session, dossierId: string) => (endpointId: string) => boolean;
  readonly record: RecordEvent;
}

type ReminderView = ChannelOutput<'reminders.list'>[number];

export function reminderHandlers(deps: ReminderHandlerDeps): Pick<Handlers, 'reminders.list' | 'reminders.dismiss' | 'reminders.restore'> {
  const { failedCalls } = deps;
  return {
    'reminders.list': ({ dossierId }, { session }) => failedCalls.reminders(dossierId ?? null).flatMap((reminder) => viewOf(deps, session, reminder) ?? []),
    'reminders.dismiss': async ({ id }, { session }) => {
      await traceChange(deps, session, failedCalls.findReminder(id), 'retiré');
      failedCalls.dismissReminder(id);
      return null;
    },
    'reminders.restore': async ({ id }, { session }) => {
      await traceChange(deps, session, failedCalls.findDismissed(id), 'remis');
      failedCalls.restoreReminder(id);
      return null;
    },
  };
}

async function traceChange(deps: ReminderHandlerDeps, session: Session, reminder: Reminder | undefined, change: 'retiré' | 'remis'): Promise<void> {
  const view = reminder && viewOf(deps, session, reminder);
  if (!view) throw new IpcFailure('not_found', 'Ce rappel n’existe plus, ou son dossier ne vous est pas ouvert : revenez à l’accueil.');
  const { dossierId, dossierTitle, endpointTitle, identifier } = view;
  await traceOrRefuse(deps.record, {
    ...{ ...by(session.agent), event: 'dossier.changed', outcome: 'success', dossierId, dossierTitle },
    detail: `Rappel ${change} : ${endpointTitle}, entreprise ${identifier}.`,
  });
}

/** Null for who may not see it, and when there is nothing left to do: a dossier that is over, a company taken out. */
function viewOf({ dossierOf, readableEndpoints }: ReminderHandlerDeps, session: Session, reminder: Reminder): ReminderView | null {
  const { id, dossierId, identifier, endpointId, dueAt } = reminder;
  const dossier = findReadable(() => dossierOf(session, dossierId));
  const company = dossier?.companies.find((one) => isSameCompany(one, identifier));
  const endpoint = findEndpoint(endpointId);
  if (dossier?.state !== 'open' || !company || !endpoint || !readableEndpoints(session, dossierId)(endpointId)) return null;
  return {
    ...{ id, dossierId, identifier, endpointId, dueAt },
    dossierTitle: dossier.title,
    companyIdentifier: company.identifier,
    companyName: company.name,
    endpointTitle: endpoint.title,
    reason: reasonOf(reminder, endpoint),
  };
}

/** The sentence of today's nomenclature for what was answered then. */
function reasonOf({ status, code }: Reminder, endpoint: NonNullable<ReturnType<typeof findEndpoint>>): string {
  const body = code === null ? undefined : JSON.stringify({ errors: [{ code }] });
  return interpretFailure({ status, body, endpoint, requestId: null, retryAfterSeconds: null }).message;
}

function findReadable(find: () => Dossier): Dossier | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof IpcFailure) return null;
    throw error;
  }
}

/** An establishment is called by its SIRET, which begins with its company's SIREN. */
function isSameCompany(company: DossierCompany, identifier: string): boolean {
  const known = company.identifier;
  return known === identifier || (/^\d{9}/.test(known) && known.slice(0, 9) === identifier.slice(0, 9));
}
