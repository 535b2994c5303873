import { findEndpoint } from '../catalogue';
import { outcomeOf, readerOf } from '../reading';
import { addDays, dayText, type IsoDay, laterOf, parisDay } from './days';
import { type LastDay, lastDayIfAskedOn, lastDayOfAnswer, lastDayOfDocument } from './validity/dates';
import type { Known, KnownAnswer, KnownDocument, KnownFailure, Moment } from './validity/known';
import { isDocument, isInPart, resourceOfEndpoint, ruleOf, type ValidityRule, wholeOf } from './validity/rules';

export { type Known, type KnownAnswer, type KnownDocument, type KnownFailure, type Moment, nothingKnown } from './validity/known';
export { isDocument, isInPart, partsOf, resourceOfEndpoint, ruledResources, ruleOf, rulesOfKinds, VALIDITY_RULES_NOTE, type ValidityRule, wholeOf } from './validity/rules';

export const VALIDITY_STATES = ['valid', 'expiresSoon', 'expired', 'refused', 'outOfPerimeter', 'unknown'] as const;
export type ValidityState = (typeof VALIDITY_STATES)[number];

/** What would help: nothing, a call, the download of what is offered, a new call, patience, or a letter to the company. */
export const NEXT_ACTS = ['nothing', 'fetch', 'download', 'renew', 'wait', 'ask'] as const;
export type NextAct = (typeof NEXT_ACTS)[number];

export interface Validity {
  readonly state: ValidityState;
  /** A French sentence. */
  readonly reason: string;
  readonly next: NextAct;
  /** Last day on which the piece holds; null: no end, or nobody knows. */
  readonly holdsUntil: IsoDay | null;
  /** When what it rests on was obtained, ISO 8601 UTC; null when nothing was. */
  readonly knownAt: string | null;
  readonly documentId: string | null;
  readonly consultationId: string | null;
}

const stateWords: Readonly<Record<Exclude<ValidityState, 'unknown'>, string>> = {
  valid: 'Valide',
  expiresSoon: 'Expire bientôt',
  expired: 'Expirée',
  refused: 'Refusée',
  outOfPerimeter: 'À demander',
};

/** What is not known is named by what would help. */
const actWords: Readonly<Record<NextAct, string>> = {
  nothing: 'À vérifier',
  fetch: 'À récupérer',
  download: 'À télécharger',
  renew: 'En examen',
  wait: 'À vérifier',
  ask: 'À demander',
};

/** One word for what is there, or for what is to be done: the same on screen and in every export. */
export function validityWord({ state, next }: Pick<Validity, 'state' | 'next'>): string {
  return state === 'unknown' ? actWords[next] : stateWords[state];
}

/** Days before the end of a piece from which it is orange, unless a procedure says otherwise. */
export const DEFAULT_SOON_DAYS = 15;

/** Whether a rule of ours decided the state, and not a verdict, a failure or what an agent noted. */
export function restsOnRule({ state, consultationId }: Pick<Validity, 'state' | 'consultationId'>): boolean {
  return consultationId !== null && (state === 'valid' || state === 'expiresSoon' || state === 'expired');
}

/** What is known of one resource (`urssaf/unites_legales/attestation_vigilance`) for one company. */
export function validityOf(resource: string, known: Known, moment: Moment): Validity {
  const ofResource = (one: { readonly endpointId: string }) => resourceOfEndpoint(one.endpointId) === wholeOf(resource);
  const answers = known.answers.filter(ofResource).sort(newestFirst);
  const failure = known.failures.filter(ofResource).sort((one, other) => other.at.localeCompare(one.at))[0];
  const rule = ruleOf(resource);
  const proof = bestProof(rule, isDocument(resource), known.documents.filter((one) => ofResource(one) && isInPart(resource, one)), answers);
  const refusal = newerThanProof(proof?.at ?? '', answers[0], failure);
  if (refusal) return refusal;
  return proof ? validityOfProof(rule, proof, moment) : validityWithoutProof(resource, answers[0], failure);
}

/** A verdict that came after the proof outweighs it; a breakdown or a silence does not. */
function newerThanProof(proofAt: string, answer: KnownAnswer | undefined, failure: KnownFailure | undefined): Validity | undefined {
  const verdict = answer && verdictOf(answer);
  if (verdict && answer.receivedAt >= proofAt) return verdict;
  const isNewest = failure !== undefined && failure.at >= laterOf(proofAt, answer?.receivedAt ?? '');
  return isNewest && isRefusal(failure) ? withoutProof('refused', 'ask', failure) : undefined;
}

function validityWithoutProof(resource: string, answer: KnownAnswer | undefined, failure: KnownFailure | undefined): Validity {
  if (answer && answer.receivedAt >= (failure?.at ?? '')) return validityOfBareAnswer(resource, answer);
  return failure ? validityOfFailure(failure) : nothing('unknown', 'fetch', 'Jamais demandée pour cette entreprise dans ce dossier.');
}

/** The state of one stored document by itself, whatever came after it. */
export function validityOfDocument(document: KnownDocument, answer: KnownAnswer | undefined, moment: Moment): Validity {
  const rule = ruleOf(resourceOfEndpoint(document.endpointId));
  return validityOfProof(rule, proofOfDocument(rule, document, answer), moment);
}

interface Proof {
  /** ISO instant. */
  readonly at: string;
  readonly lastDay: LastDay;
  readonly documentId: string | null;
  readonly consultationId: string;
}

function proofOfDocument({ end }: ValidityRule, document: KnownDocument, answer: KnownAnswer | undefined): Proof {
  const { id, consultationId, fetchedAt } = document;
  return { at: fetchedAt, lastDay: lastDayOfDocument(end, document, answer), documentId: id, consultationId };
}

/** What holds longest, and of equals the newest: an earlier version never hides a later one. */
function bestProof(rule: ValidityRule, needsDocument: boolean, documents: readonly KnownDocument[], answers: readonly KnownAnswer[]): Proof | undefined {
  const ofDocuments = documents.map((document) =>
    proofOfDocument(rule, document, answers.find(({ consultationId }) => consultationId === document.consultationId)),
  );
  const ofAnswers = needsDocument
    ? []
    : answers.filter((answer) => !verdictOf(answer)).map((answer): Proof => ({ at: answer.receivedAt, lastDay: lastDayOfAnswer(rule.end, answer), documentId: null, consultationId: answer.consultationId }));
  const rank = ({ lastDay }: Proof) => (lastDay === null ? '9999' : (lastDay ?? ''));
  return [...ofDocuments, ...ofAnswers].sort((one, other) => rank(other).localeCompare(rank(one)) || other.at.localeCompare(one.at))[0];
}

function newestFirst(one: KnownAnswer, other: KnownAnswer): number {
  return other.receivedAt.localeCompare(one.receivedAt);
}

/** Orange before red: soon is from `soonDays` before the end, or from now when the deadline comes after it. */
function validityOfProof({ end, source }: ValidityRule, { at, lastDay, documentId, consultationId }: Proof, moment: Moment): Validity {
  const basis = { knownAt: at, documentId, consultationId, holdsUntil: lastDay ?? null };
  const obtained = `obtenue le ${dayText(parisDay(at))}`;
  if (lastDay === null) return { ...basis, state: 'valid', next: 'nothing', reason: `Pièce ${obtained}. ${source}` };
  if (lastDay === undefined) {
    return { ...basis, state: 'unknown', next: 'nothing', reason: `Pièce ${obtained}, sans fin de validité dans les données : lisez-la sur le document.` };
  }
  if (lastDay < moment.today) {
    return { ...basis, state: 'expired', next: 'renew', reason: `Expirée depuis le ${dayText(lastDay)} (${obtained}). ${source}` };
  }
  const needed = laterOf(moment.deadline ?? moment.today, addDays(moment.today, moment.soonDays));
  if (lastDay >= needed) return { ...basis, state: 'valid', next: 'nothing', reason: `Valable jusqu’au ${dayText(lastDay)}. ${source}` };
  const renewed = lastDayIfAskedOn(end, moment.today);
  const helps = renewed === undefined || renewed === null || renewed > lastDay;
  const advice = helps ? '' : ` Une nouvelle demande donnerait la même pièce : redemandez-la à partir du ${dayText(addDays(lastDay, 1))}.`;
  return { ...basis, state: 'expiresSoon', next: helps ? 'renew' : 'wait', reason: `${soonText(lastDay, moment)}${advice}` };
}

function soonText(lastDay: IsoDay, { deadline }: Moment): string {
  return deadline !== null && lastDay < deadline
    ? `Valable jusqu’au ${dayText(lastDay)}, avant l’échéance du ${dayText(deadline)}.`
    : `Valable jusqu’au ${dayText(lastDay)} seulement.`;
}

/** A refusal or an examination under way, as the newest answer says it; what is in order is told by its proof. */
function verdictOf(answer: KnownAnswer): Validity | undefined {
  const outcome = outcomeOf(readerOf(findEndpoint(answer.endpointId)?.path), answer);
  if (outcome?.tone !== 'bad' && outcome?.tone !== 'warning') return undefined;
  const { receivedAt: knownAt, consultationId } = answer;
  const reason = `${outcome.sentence} Réponse du ${dayText(parisDay(knownAt))}.`;
  const basis = { reason, knownAt, consultationId, documentId: null, holdsUntil: null };
  return outcome.tone === 'bad' ? { ...basis, state: 'refused', next: 'ask' } : { ...basis, state: 'unknown', next: 'renew' };
}

function validityOfBareAnswer(resource: string, { endpointId, documents, receivedAt: knownAt, consultationId }: KnownAnswer): Validity {
  const basis = { state: 'unknown', knownAt, consultationId, documentId: null, holdsUntil: null } as const;
  return documents.some(({ pointer }) => isInPart(resource, { endpointId, pointer }))
    ? { ...basis, next: 'download', reason: `Réponse reçue le ${dayText(parisDay(knownAt))} ; le document reste à récupérer.` }
    : { ...basis, next: 'ask', reason: `Le fournisseur a répondu sans document le ${dayText(parisDay(knownAt))}. Cette absence ne vaut pas non-conformité.` };
}

/** Answers on the substance that the service gives as errors: CIBTP « non à jour », Urssaf « délivrance impossible » (API Entreprise, codes 38422 and 04503). */
const REFUSAL_CODES: ReadonlySet<string> = new Set(['38422', '04503']);

function isRefusal({ code }: KnownFailure): boolean {
  return code !== null && REFUSAL_CODES.has(code);
}

const OUT_OF_REACH: ReadonlySet<KnownFailure['kind']> = new Set(['outside_perimeter', 'unavailable_by_law', 'gone']);

function validityOfFailure(failure: KnownFailure): Validity {
  return OUT_OF_REACH.has(failure.kind) ? withoutProof('outOfPerimeter', 'ask', failure) : withoutProof('unknown', 'fetch', failure);
}

function withoutProof(state: ValidityState, next: NextAct, { at, message }: KnownFailure): Validity {
  return { state, next, reason: `${message} Appel du ${dayText(parisDay(at))}.`, knownAt: at, documentId: null, consultationId: null, holdsUntil: null };
}

function nothing(state: ValidityState, next: NextAct, reason: string): Validity {
  return { state, next, reason, knownAt: null, documentId: null, consultationId: null, holdsUntil: null };
}

/** A piece that the API cannot be asked for, for this company or at all. */
export function askedFromCompany(reason: string): Validity {
  return nothing('outOfPerimeter', 'ask', reason);
}
