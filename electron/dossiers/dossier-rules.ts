import { type Procedure, procedureLabels, useCaseOfProcedure } from '../../shared/domain/completeness';
import type { CompanyRole, Dossier, DossierCompany } from '../../shared/domain/dossier';
import type { Habilitation } from '../../shared/domain/habilitation';
import { formatIdentifier, parseRna, parseSiren, type Siret, sirenOf } from '../../shared/domain/identifiers';
import { checkJustification, type Justification } from '../../shared/domain/justification';
import { type UseCase, useCaseLabels } from '../../shared/domain/use-case';
import { IpcFailure } from '../ipc-failure';

export interface DossierDraft {
  readonly title: string;
  readonly habilitationId: string;
  readonly useCase: UseCase;
  readonly procedure: Procedure | null;
  readonly context: string;
  readonly recipient: string;
  readonly object: string;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly deadline: string | null;
}

export type CheckedDraft = DossierDraft & Justification;

/** Rules of a dossier's form. @throws {IpcFailure} naming the field at fault. */
export function checkDraft(draft: DossierDraft, habilitation: Habilitation): CheckedDraft {
  const title = draft.title.trim();
  if (title === '') throw fault('title', 'Donnez un titre au dossier.');
  const { justification, problems } = checkJustification(draft);
  const problem = problems[0];
  if (problem) throw fault(problem.field, problem.message);
  if (!justification) throw fault('object', 'La justification est incomplète.');
  checkWithin(habilitation, draft.useCase, justification);
  checkProcedure(draft);
  const tags = [...new Set(draft.tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
  return { ...draft, ...justification, title, tags };
}

function checkProcedure({ procedure, useCase }: DossierDraft): void {
  if (procedure === null || useCaseOfProcedure[procedure] === useCase) return;
  throw fault('procedure', `La procédure « ${procedureLabels[procedure]} » n’est pas du cas d’usage « ${useCaseLabels[useCase]} ».`);
}

function checkWithin(habilitation: Habilitation, useCase: UseCase, { context, recipient }: Justification): void {
  const { title, useCases, contexts, recipients } = habilitation;
  if (!useCases.includes(useCase)) {
    throw fault('useCase', `L’habilitation « ${title} » ne couvre pas le cas d’usage « ${useCaseLabels[useCase]} ».`);
  }
  if (!contexts.includes(context)) {
    throw fault('context', `Ce contexte n’est pas de ceux de l’habilitation « ${title} » : ${contexts.join(', ')}.`);
  }
  if (!recipients.includes(recipient)) {
    const allowed = recipients.map(formatIdentifier).join(', ');
    throw fault('recipient', `Ce SIRET n’est pas un destinataire de l’habilitation « ${title} » : ${allowed}.`);
  }
}

export interface CompanyDraft {
  readonly identifier: string;
  readonly siret: Siret | null;
  /** Undefined leaves what was known of the same establishment. */
  readonly isHeadOffice?: boolean | undefined;
  readonly name: string;
  readonly role?: CompanyRole | undefined;
}

/** A company as it enters a dossier. @throws {IpcFailure} naming the field at fault. */
export function checkCompany(company: CompanyDraft, recipient: Siret): Pick<CompanyDraft, 'identifier' | 'siret' | 'name'> {
  const identifier = company.identifier.toUpperCase();
  const parsed = identifier.startsWith('W') ? parseRna(identifier) : parseSiren(identifier);
  if (!parsed.ok) throw fault('identifier', parsed.message);
  assertNotRecipient(identifier, recipient, 'identifier');
  if (company.siret && !identifier.startsWith('W') && sirenOf(company.siret) !== identifier) {
    throw fault('siret', 'Cet établissement appartient à une autre entreprise : vérifiez le SIRET.');
  }
  return { identifier, siret: company.siret, name: company.name.trim() || identifier };
}

/** No company of the dossier may be its recipient: the service refuses such a call (API Entreprise, 00210 and 00211). */
export function assertRecipientIsNoCompany(companies: readonly DossierCompany[], recipient: Siret): void {
  for (const { identifier } of companies) assertNotRecipient(identifier, recipient, 'recipient');
}

function assertNotRecipient(identifier: string, recipient: Siret, field: string): void {
  if (identifier !== sirenOf(recipient)) return;
  throw fault(
    field,
    'Cette entreprise est le destinataire du dossier : le service refuse un appel dont le destinataire est l’entreprise appelée elle-même. Le destinataire doit être l’administration qui instruit.',
  );
}

export function assertOpen(dossier: Dossier): void {
  if (dossier.state === 'open') return;
  const state = dossier.state === 'closed' ? 'clos' : 'archivé';
  throw new IpcFailure('conflict', `Ce dossier est ${state} : rouvrez-le pour le modifier.`);
}

function fault(field: string, message: string): IpcFailure {
  return new IpcFailure('invalid_input', message, field);
}
