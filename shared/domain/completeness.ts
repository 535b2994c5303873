import { currentEndpoints, identifierFor } from '../catalogue';
import type { Endpoint } from '../catalogue/types';
import { resourceOf } from '../reading';
import { dayText } from './days';
import type { DossierCompany } from './dossier';
import { parseRna } from './identifiers';
import type { PieceList, RequiredPiece } from './completeness/lists';
import { askedFromCompany, DEFAULT_SOON_DAYS, type Known, type Moment, type NextAct, resourceOfEndpoint, type Validity, validityOf, wholeOf } from './validity';

export {
  hasShippedSource,
  type PieceList,
  type Procedure,
  procedureLabels,
  PROCEDURES,
  proceduresOf,
  type RequiredPiece,
  SHIPPED_SOURCES_NOTE,
  shippedLists,
  useCaseOfProcedure,
} from './completeness/lists';

/** A piece that the company sent itself, as the agent noted it. */
export interface SuppliedPiece {
  readonly identifier: string;
  readonly pieceId: string;
  /** ISO day. */
  readonly receivedOn: string;
  /** Last ISO day it holds, when the agent read one. */
  readonly validUntil: string | null;
  readonly note: string;
  /** Document of the dossier, handed over by the company, that stands for the piece; null when it is noted alone. */
  readonly fileId: string | null;
}

/** What identifies a company for the API. */
export type AskedCompany = Pick<DossierCompany, 'identifier' | 'siret' | 'name'>;

export interface PieceCell {
  readonly pieceId: string;
  readonly validity: Validity;
  /** Resource that decides the state; null when the company supplied the piece, or must. */
  readonly resource: string | null;
}

/** A document kept beyond what the list demands: it ages all the same. */
export interface ExtraCell extends PieceCell {
  readonly resource: string;
  readonly label: string;
}

export interface CompanyRow {
  readonly identifier: string;
  readonly name: string;
  /** In the order of the list. */
  readonly cells: readonly PieceCell[];
  readonly extra: readonly ExtraCell[];
}

export interface CompletenessCounts {
  /** Pieces that are there and hold. */
  readonly held: number;
  /** Indispensable ones without which the dossier is incomplete. */
  readonly missing: number;
  /** Held today, but not long enough. */
  readonly expiring: number;
}

export interface GridInput {
  /** Null: the dossier has no list, and only what it keeps is judged. */
  readonly list: PieceList | null;
  readonly companies: readonly AskedCompany[];
  readonly knownOf: (identifier: string) => Known;
  readonly supplied: readonly SuppliedPiece[];
  readonly moment: Omit<Moment, 'soonDays'>;
  /** Endpoints that this agent may call with the token of the dossier. */
  readonly canCall: (endpoint: Endpoint) => boolean;
}

/** Company by company, piece by piece: state and reason in words. */
export function completenessGrid(input: GridInput): readonly CompanyRow[] {
  return input.companies.map((company) => {
    const known = input.knownOf(company.identifier);
    const suppliedBy = input.supplied.filter(({ identifier }) => identifier === company.identifier);
    const cells = piecesOf(input).map((piece) => cellOf(piece, company, known, suppliedBy.find(({ pieceId }) => pieceId === piece.id), input));
    return { identifier: company.identifier, name: company.name, cells, extra: extraCells(input, known) };
  });
}

function piecesOf({ list }: GridInput): readonly RequiredPiece[] {
  return list?.pieces ?? [];
}

function momentOf({ list, moment }: GridInput): Moment {
  return { ...moment, soonDays: list?.soonDays ?? DEFAULT_SOON_DAYS };
}

function extraCells(input: GridInput, known: Known): readonly ExtraCell[] {
  const demanded = new Set(piecesOf(input).flatMap(({ resources }) => resources.map(wholeOf)));
  const kept = new Set(known.documents.map(({ endpointId }) => resourceOfEndpoint(endpointId)));
  return [...kept].filter((resource) => !demanded.has(resource)).map((resource) => {
    const label = currentEndpoints.find(({ path }) => resourceOf(path) === resource)?.title ?? resource;
    return { pieceId: resource, resource, label, validity: validityOf(resource, known, momentOf(input)) };
  });
}

/** The resource in the best state decides: one of them is enough. What the company sent counts as one of them. */
function cellOf(piece: RequiredPiece, company: AskedCompany, known: Known, supplied: SuppliedPiece | undefined, input: GridInput): PieceCell {
  const candidates = piece.resources.map((resource): PieceCell => ({ pieceId: piece.id, resource, validity: validityFor(resource, company, known, input) }));
  if (supplied) candidates.push({ pieceId: piece.id, resource: null, validity: validityOfSupplied(supplied, partyOf(company, input), momentOf(input)) });
  const best = candidates.sort((one, other) => rankOf(one.validity) - rankOf(other.validity))[0];
  return best ?? { pieceId: piece.id, resource: null, validity: askedFromCompany(`L’API ne donne pas cette pièce : elle se demande à ${partyOf(company, input)}.`) };
}

function validityFor(resource: string, company: AskedCompany, known: Known, input: GridInput): Validity {
  const validity = validityOf(resource, known, momentOf(input));
  if (validity.knownAt !== null || endpointFor(resource, company, input.canCall)) return validity;
  if (endpointFor(resource, company)) return askedFromCompany(`Ni vos droits ni le jeton du dossier n’ouvrent cette donnée : elle se demande à ${partyOf(company, input)}, ou à votre responsable.`);
  return askedFromCompany(`Cette donnée ne peut pas être demandée avec l’identifiant connu : elle se demande à ${partyOf(company, input)}.`);
}

/**
 * Who is asked, in words: the list of a subsidy, or an RNA number in place of a SIREN, tells an association. Of another the
 * dossier keeps no legal form: a company, an association or a public body may answer a public contract.
 */
function partyOf({ identifier }: AskedCompany, { list }: GridInput): string {
  return list?.procedure === 'subventions_associations' || parseRna(identifier).ok ? 'l’association' : 'la structure';
}

/** Best first. A refusal comes before what was never asked: it is an answer on the substance, which no other resource may hide. */
function rankOf({ state, next }: Validity): number {
  const order = { valid: 0, expiresSoon: 1, refused: 2, expired: 3, unknown: 4, outOfPerimeter: 6 } as const;
  return state === 'unknown' && next === 'ask' ? 5 : order[state];
}

function validityOfSupplied({ receivedOn, validUntil, note }: SuppliedPiece, party: string, { today, deadline }: Moment): Validity {
  const basis = { knownAt: `${receivedOn}T12:00:00.000Z`, documentId: null, consultationId: null, holdsUntil: validUntil };
  const received = `Fournie par ${party} le ${dayText(receivedOn)}${note === '' ? '' : ` (${note})`}.`;
  if (validUntil !== null && validUntil < today) return { ...basis, state: 'expired', next: 'ask', reason: `${received} Expirée depuis le ${dayText(validUntil)}.` };
  if (validUntil !== null && deadline !== null && validUntil < deadline) {
    return { ...basis, state: 'expiresSoon', next: 'ask', reason: `${received} Valable jusqu’au ${dayText(validUntil)}, avant l’échéance du ${dayText(deadline)}.` };
  }
  return { ...basis, state: 'valid', next: 'nothing', reason: received };
}

/** Endpoint to ask for a resource about this company: the newest version, the protected variant first; undefined when none takes its identifier. */
export function endpointFor(resource: string, company: AskedCompany, canCall: (endpoint: Endpoint) => boolean = () => true): Endpoint | undefined {
  return currentEndpoints
    .filter((endpoint) => resourceOf(endpoint.path) === wholeOf(resource) && identifierFor(endpoint, company) !== null && canCall(endpoint))
    .sort((one, other) => other.version - one.version || (one.opening === 'protected' ? -1 : 1))[0];
}

const holds = ({ state }: Validity): boolean => state === 'valid' || state === 'expiresSoon';

export function countsOf(list: PieceList | null, rows: readonly CompanyRow[]): CompletenessCounts {
  const cells = rows.flatMap((row) => row.cells.map((cell) => ({ cell, piece: list?.pieces.find(({ id }) => id === cell.pieceId) })));
  return {
    held: cells.filter(({ cell }) => holds(cell.validity)).length,
    missing: cells.filter(({ cell, piece }) => piece?.need === 'indispensable' && !holds(cell.validity)).length,
    expiring: cells.filter(({ cell }) => cell.validity.state === 'expiresSoon').length + rows.flatMap(({ extra }) => extra).filter(({ validity }) => validity.state === 'expiresSoon').length,
  };
}

/** One call or one download that would fill or renew a cell. */
export interface NeededCall {
  readonly identifier: string;
  readonly pieceId: string;
  readonly resource: string;
  readonly endpointId: string;
  readonly asked: string;
  readonly act: Extract<NextAct, 'fetch' | 'download' | 'renew'>;
  /** The answer that offers the document, when only its download remains. */
  readonly consultationId: string | null;
}

/**
 * What to call so that every piece is there and holds. A piece that several resources may satisfy asks for those
 * not yet tried, in the order of the list: the first that answers is enough, but nobody knows before asking.
 */
export function callsNeeded(input: GridInput): readonly NeededCall[] {
  const rows = completenessGrid(input);
  return input.companies.flatMap((company, index) => {
    const row = rows[index];
    if (!row) return [];
    const known = input.knownOf(company.identifier);
    const demanded = piecesOf(input).flatMap((piece) => {
      const cell = row.cells.find(({ pieceId }) => pieceId === piece.id);
      return cell && cell.validity.state !== 'valid' ? callsOfPiece(piece, cell, company, known, input) : [];
    });
    const others = row.extra.filter(({ validity }) => validity.next === 'renew');
    return [...demanded, ...others.flatMap(({ resource, pieceId }) => callOf(resource, pieceId, company, known, input))];
  });
}

function callsOfPiece({ id, resources }: RequiredPiece, { validity }: PieceCell, company: AskedCompany, known: Known, input: GridInput): readonly NeededCall[] {
  // A held piece is renewed where it comes from; the others are not tried for nothing.
  const isHeld = validity.state === 'expiresSoon';
  const asked = resources.filter((resource) => !isHeld || validityOf(resource, known, momentOf(input)).state === 'expiresSoon');
  return asked.flatMap((resource) => callOf(resource, id, company, known, input));
}

function callOf(resource: string, pieceId: string, company: AskedCompany, known: Known, input: GridInput): readonly NeededCall[] {
  const endpoint = endpointFor(resource, company, input.canCall);
  const asked = endpoint && identifierFor(endpoint, company);
  const { next, consultationId } = validityOf(resource, known, momentOf(input));
  if (!endpoint || !asked || (next !== 'fetch' && next !== 'download' && next !== 'renew')) return [];
  return [{ identifier: company.identifier, pieceId, resource, endpointId: endpoint.id, asked, act: next, consultationId: next === 'download' ? consultationId : null }];
}

/** Something kept that no longer holds. */
export interface StalePiece {
  readonly identifier: string;
  readonly name: string;
  readonly label: string;
  readonly validity: Validity;
}

/** What does not hold on the day of a decision: a closing needs it renewed, or a written reason. */
export function stalePieces(list: PieceList | null, rows: readonly CompanyRow[]): readonly StalePiece[] {
  return rows.flatMap(({ identifier, name, cells, extra }) => {
    const demanded = cells.map((cell) => ({ label: list?.pieces.find(({ id }) => id === cell.pieceId)?.label ?? cell.pieceId, validity: cell.validity }));
    return [...demanded, ...extra].filter(({ validity }) => validity.state === 'expired').map(({ label, validity }) => ({ identifier, name, label, validity }));
  });
}

/** Pieces to ask from the company itself: those that the API does not give, or refuses, and that are not there. */
export function piecesToAsk(list: PieceList, row: CompanyRow): readonly RequiredPiece[] {
  return list.pieces.filter((piece) => row.cells.some(({ pieceId, validity }) => pieceId === piece.id && !holds(validity) && validity.next === 'ask'));
}

