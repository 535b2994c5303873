import { formatIdentifier } from '../../shared/domain/identifiers';
import { pieceKinds, type Comparison, type ComparisonRow, type PieceTextState } from '../../shared/domain/supplied-file';
import { foldName, type PieceFacts } from './piece-facts';

export interface ReadText {
  readonly state: PieceTextState;
  readonly text: string;
  readonly facts: PieceFacts;
}

/** What the source says of its own document: its text, completed by the answer that came with it. */
export interface SourceFacts {
  readonly facts: PieceFacts;
  /** ISO days that the answer gives: issue, validity. */
  readonly days: readonly string[];
  readonly securityCode: string | null;
}

export interface ComparedCompany {
  /** SIREN, or RNA number. */
  readonly identifier: string;
  readonly name: string;
}

/** Says what agrees, what differs and what could not be read. Judges nothing: a difference has honest causes. */
export function compare(supplied: ReadText, source: SourceFacts, company: ComparedCompany): Comparison {
  const rows = [
    kindRow(supplied, source),
    sirenRow(supplied, company),
    listRow('SIRET', supplied.facts.sirets, source.facts.sirets, formatIdentifier, ANOTHER_ESTABLISHMENT),
    nameRow(supplied, company),
    codeRow(supplied, source),
    daysRow(supplied, source),
  ];
  return { rows, summary: summaryOf(supplied.state, rows) };
}

const ANOTHER_ESTABLISHMENT = 'Le document peut concerner un autre établissement de la même entreprise.';
const ANOTHER_ISSUE =
  'Chaque délivrance porte son propre code : une attestation plus ancienne en a un autre. Il se vérifie sur le site de l’Urssaf, ou auprès de la structure.';
const ANOTHER_DAY = 'Une attestation délivrée un autre jour porte d’autres dates : regardez si celle-ci couvre la date utile à votre procédure.';
const NAME_NOT_FOUND = 'La dénomination connue n’apparaît pas telle quelle dans le texte : une enseigne ou une abréviation est possible.';
const ANOTHER_SIREN = 'Le SIREN de l’entreprise du dossier n’apparaît pas dans le texte. Vérifiez que le document a été déposé pour la bonne entreprise.';

function row(label: string, supplied: string | null, source: string | null, agrees: boolean, note: string): ComparisonRow {
  if (supplied === null || source === null) return { label, supplied, source, verdict: 'unread', note: null };
  return { label, supplied, source, verdict: agrees ? 'agrees' : 'differs', note: agrees ? null : note };
}

function kindRow({ facts }: ReadText, source: SourceFacts): ComparisonRow {
  const labelOf = ({ kind }: PieceFacts) => kind && pieceKinds[kind].label;
  return row('Type de document', labelOf(facts), labelOf(source.facts), facts.kind === source.facts.kind, 'Les deux documents ne sont pas du même type : choisissez une autre source, ou comparez à l’œil.');
}

function sirenRow({ facts }: ReadText, { identifier }: ComparedCompany): ComparisonRow {
  const own = facts.sirens.find((siren) => siren === identifier);
  const read = own ?? joined(facts.sirens, formatIdentifier);
  return row('SIREN', read && formatIdentifier(read), formatIdentifier(identifier), own !== undefined, ANOTHER_SIREN);
}

function nameRow({ state, text }: ReadText, { name }: ComparedCompany): ComparisonRow {
  const isFound = foldName(name) !== '' && foldName(text).includes(foldName(name));
  const supplied = isFound ? name : null;
  return { label: 'Dénomination', supplied, source: name, verdict: isFound ? 'agrees' : 'unread', note: isFound || state !== 'read' ? null : NAME_NOT_FOUND };
}

function codeRow({ facts }: ReadText, source: SourceFacts): ComparisonRow {
  const codes = source.securityCode === null ? source.facts.securityCodes : [source.securityCode];
  return listRow('Code de sécurité', facts.securityCodes, codes, (code) => code, ANOTHER_ISSUE);
}

function daysRow({ facts }: ReadText, source: SourceFacts): ComparisonRow {
  return listRow('Dates', facts.days, source.days.length > 0 ? source.days : source.facts.days, frenchDay, ANOTHER_DAY);
}

/** Agrees when everything that the source says is in the supplied document too. */
function listRow<T extends string>(label: string, supplied: readonly T[], source: readonly T[], say: (value: T) => string, note: string): ComparisonRow {
  return row(label, joined(supplied, say), joined(source, say), source.every((value) => supplied.includes(value)), note);
}

function joined<T extends string>(values: readonly T[], say: (value: T) => string): string | null {
  return values.length === 0 ? null : values.map(say).join(', ');
}

function frenchDay(day: string): string {
  return day.split('-').reverse().join('/');
}

const unreadSentences: Readonly<Record<Exclude<PieceTextState, 'read'>, string>> = {
  image: 'Le document fourni est une image numérisée : l’application ne peut pas en lire le texte. Comparez les deux documents à l’œil.',
  unreadable: 'Le texte du document fourni ne peut pas être lu (fichier endommagé, protégé ou trop lourd). Comparez à l’œil ce qui peut l’être, ou redemandez le document à la structure.',
};

function summaryOf(state: PieceTextState, rows: readonly ComparisonRow[]): string {
  if (state !== 'read') return unreadSentences[state];
  const differing = rows.filter(({ verdict }) => verdict === 'differs').length;
  const unread = rows.filter(({ verdict }) => verdict === 'unread').length;
  const rest = unread === 0 ? '' : ` ${plural(unread, 'point n’a pas pu être lu', 'points n’ont pas pu être lus')}.`;
  if (differing === 0) return `Aucune différence dans ce qui a pu être lu.${rest}`;
  return `${plural(differing, 'point diffère', 'points diffèrent')} entre les deux documents.${rest} Une différence ne prouve rien à elle seule : demandez à la structure avant de conclure.`;
}

function plural(count: number, one: string, many: string): string {
  return count === 1 ? `Un ${one}` : `${count} ${many}`;
}
