import { currentEndpoints, identifierFor } from '../catalogue';
import type { Endpoint } from '../catalogue/types';
import { resourceOf } from '../reading';
import { dayText } from './days';
import type { DossierCompany } from './dossier';
import type { PieceList, RequiredPiece } from './completeness/lists';
import { askedFromCompany, type Known, type Moment, type NextAct, type Validity, validityOf } from './validity';

export {
  type PieceList,
  type Procedure,
  procedureLabels,
  PROCEDURES,
  proceduresOf,
  type RequiredPiece,
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
}

/** What identifies a company for the API. */
export type AskedCompany = Pick<DossierCompany, 'identifier' | 'siret' | 'name'>;

export interface PieceCell {
  readonly pieceId: string;
  readonly validity: Validity;
  /** Resource that decides the state; null when the company supplied the piece, or must. */
  readonly resource: string | null;
}

export interface CompanyRow {
  readonly identifier: string;
  readonly name: string;
  /** In the order of the list. */
  readonly cells: readonly PieceCell[];
}

export interface CompletenessCounts {
  /** Pieces that are there and hold. */
  readonly held: number;
  /** Indispensable ones without which the dossier is incomplete. */
  readonly missing: number;
  /** Held today, but not long enough. */
  readonly expiring: number;
}

interface GridInput {
  readonly list: PieceList;
  readonly companies: readonly AskedCompany[];
  readonly knownOf: (identifier: string) => Known;
  readonly supplied: readonly SuppliedPiece[];
  readonly moment: Omit<Moment, 'soonDays'>;
}

/** Company by company, piece by piece: state and reason in words. */
export function completenessGrid({ list, companies, knownOf, supplied, moment }: GridInput): readonly CompanyRow[] {
  return companies.map((company) => {
    const known = knownOf(company.identifier);
    const suppliedBy = supplied.filter(({ identifier }) => identifier === company.identifier);
    const cells = list.pieces.map((piece) =>
      cellOf(piece, company, known, suppliedBy.find(({ pieceId }) => pieceId === piece.id), { ...moment, soonDays: list.soonDays }),
    );
    return { identifier: company.identifier, name: company.name, cells };
  });
}

/** The resource in the best state decides: one of them is enough. What the company sent counts as one of them. */
function cellOf(piece: RequiredPiece, company: AskedCompany, known: Known, supplied: SuppliedPiece | undefined, moment: Moment): PieceCell {
  const candidates = piece.resources.map((resource): PieceCell => ({ pieceId: piece.id, resource, validity: validityFor(resource, company, known, moment) }));
  if (supplied) candidates.push({ pieceId: piece.id, resource: null, validity: validityOfSupplied(supplied, moment) });
  const best = candidates.sort((one, other) => rankOf(one.validity) - rankOf(other.validity))[0];
  return best ?? { pieceId: piece.id, resource: null, validity: askedFromCompany('L’API ne donne pas cette pièce : elle se demande à l’entreprise.') };
}

function validityFor(resource: string, company: AskedCompany, known: Known, moment: Moment): Validity {
  const validity = validityOf(resource, known, moment);
  if (validity.knownAt !== null || endpointFor(resource, company)) return validity;
  return askedFromCompany('Cette donnée ne peut pas être demandée avec l’identifiant connu de cette entreprise : elle se demande à l’entreprise.');
}

/** Best first. A refusal comes before what was never asked: it is an answer on the substance, which no other resource may hide. */
function rankOf({ state, next }: Validity): number {
  const order = { valid: 0, expiresSoon: 1, refused: 2, expired: 3, unknown: 4, outOfPerimeter: 6 } as const;
  return state === 'unknown' && next === 'ask' ? 5 : order[state];
}

function validityOfSupplied({ receivedOn, validUntil, note }: SuppliedPiece, { today, deadline }: Moment): Validity {
  const basis = { knownAt: `${receivedOn}T12:00:00.000Z`, documentId: null, consultationId: null, holdsUntil: validUntil };
  const received = `Fournie par l’entreprise le ${dayText(receivedOn)}${note === '' ? '' : ` (${note})`}.`;
  if (validUntil !== null && validUntil < today) return { ...basis, state: 'expired', next: 'ask', reason: `${received} Expirée depuis le ${dayText(validUntil)}.` };
  if (validUntil !== null && deadline !== null && validUntil < deadline) {
    return { ...basis, state: 'expiresSoon', next: 'ask', reason: `${received} Valable jusqu’au ${dayText(validUntil)}, avant l’échéance du ${dayText(deadline)}.` };
  }
  return { ...basis, state: 'valid', next: 'nothing', reason: received };
}

/** Endpoint to ask for a resource about this company: the newest version, the protected variant first; undefined when none takes its identifier. */
export function endpointFor(resource: string, company: AskedCompany): Endpoint | undefined {
  return currentEndpoints
    .filter((endpoint) => resourceOf(endpoint.path) === resource && identifierFor(endpoint, company) !== null)
    .sort((one, other) => other.version - one.version || (one.opening === 'protected' ? -1 : 1))[0];
}

const holds = ({ state }: Validity): boolean => state === 'valid' || state === 'expiresSoon';

export function countsOf(list: PieceList, rows: readonly CompanyRow[]): CompletenessCounts {
  const cells = rows.flatMap((row) => row.cells.map((cell) => ({ cell, piece: list.pieces.find(({ id }) => id === cell.pieceId) })));
  return {
    held: cells.filter(({ cell }) => holds(cell.validity)).length,
    missing: cells.filter(({ cell, piece }) => piece?.need === 'indispensable' && !holds(cell.validity)).length,
    expiring: cells.filter(({ cell }) => cell.validity.state === 'expiresSoon').length,
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
export function callsNeeded({ list, companies, knownOf, supplied, moment }: GridInput): readonly NeededCall[] {
  const rows = completenessGrid({ list, companies, knownOf, supplied, moment });
  return companies.flatMap((company, index) =>
    list.pieces.flatMap((piece) => {
      const cell = rows[index]?.cells.find(({ pieceId }) => pieceId === piece.id);
      if (!cell || cell.validity.state === 'valid') return [];
      return callsOfPiece(piece, cell, company, knownOf(company.identifier), { ...moment, soonDays: list.soonDays });
    }),
  );
}

function callsOfPiece(piece: RequiredPiece, cell: PieceCell, company: AskedCompany, known: Known, moment: Moment): readonly NeededCall[] {
  return piece.resources.flatMap((resource): NeededCall[] => {
    const endpoint = endpointFor(resource, company);
    const asked = endpoint && identifierFor(endpoint, company);
    if (!endpoint || !asked) return [];
    const { next, consultationId, state } = validityOf(resource, known, moment);
    if (next !== 'fetch' && next !== 'download' && next !== 'renew') return [];
    // A held piece is renewed where it comes from; the others are not tried for nothing.
    if (cell.validity.state === 'expiresSoon' && state !== 'expiresSoon') return [];
    return [{ identifier: company.identifier, pieceId: piece.id, resource, endpointId: endpoint.id, asked, act: next, consultationId: next === 'download' ? consultationId : null }];
  });
}

/** What does not hold on the day of a decision: a closing needs it renewed, or a written reason. */
export function staleCells(rows: readonly CompanyRow[]): readonly { readonly identifier: string; readonly name: string; readonly cell: PieceCell }[] {
  return rows.flatMap(({ identifier, name, cells }) => cells.filter(({ validity }) => validity.state === 'expired').map((cell) => ({ identifier, name, cell })));
}

/** Pieces to ask from the company itself: those that the API does not give, or refuses, and that are not there. */
export function piecesToAsk(list: PieceList, row: CompanyRow): readonly RequiredPiece[] {
  return list.pieces.filter((piece) => row.cells.some(({ pieceId, validity }) => pieceId === piece.id && !holds(validity) && validity.next === 'ask'));
}

