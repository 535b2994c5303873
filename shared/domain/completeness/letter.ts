import { type IsoDay, dayText } from '../days';
import { formatIdentifier } from '../identifiers';
import { type CompanyRow, type PieceList, piecesToAsk } from '../completeness';
import { procedureLabels, useCaseOfProcedure } from './lists';

export interface LetterInput {
  readonly list: PieceList;
  readonly row: CompanyRow;
  readonly dossier: { readonly title: string; readonly object: string; readonly deadline: IsoDay | null };
  readonly sender: { readonly displayName: string; readonly organisation: string };
  readonly today: IsoDay;
}

const LAWS = {
  marches_publics: 'l’article R2143-13 du code de la commande publique et l’article L114-8 du code des relations entre le public et l’administration',
  other: 'les articles L113-12 et L114-8 du code des relations entre le public et l’administration',
} as const;

/**
 * A letter to the company for what the API cannot give. The terms of use of API Entreprise (§2.1) forbid that a datum not
 * received leads by itself to a rejection, and demand another way: the company may send the piece itself.
 */
export function letterText({ list, row, dossier, sender, today }: LetterInput): string {
  const asked = piecesToAsk(list, row).map((piece) => {
    // A piece that no administration gives needs no reason: the company knows that it comes from itself.
    const reason = piece.resources.length === 0 ? '' : ` ${row.cells.find(({ pieceId }) => pieceId === piece.id)?.validity.reason ?? ''}`;
    const need = piece.need === 'useful' ? ' (si elle vous concerne)' : '';
    return `- ${piece.label}${need}.${reason}\n  Vous pouvez nous adresser : ${piece.alternative}.`;
  });
  const law = useCaseOfProcedure[list.procedure] === 'marches_publics' ? LAWS.marches_publics : LAWS.other;
  const before = dossier.deadline === null ? 'dès que possible' : `avant le ${dayText(dossier.deadline)}`;
  return [
    sender.organisation,
    `Le ${dayText(today)}`,
    `À l’attention de ${row.name} (${formatIdentifier(row.identifier)})`,
    `Objet : ${dossier.object} – pièces à nous adresser`,
    'Madame, Monsieur,',
    `Pour instruire votre dossier « ${dossier.title} » (${procedureLabels[list.procedure].toLowerCase()}), nous réunissons nous-mêmes, auprès des administrations qui les détiennent, les pièces qui vous concernent, comme le prévoient ${law}.`,
    'Nous n’avons pas pu obtenir par cette voie :',
    asked.join('\n\n'),
    `Cela ne préjuge en rien de la suite donnée à votre dossier : ne pas recevoir une donnée ne peut pas conduire, à soi seul, à l’écarter. Vous pouvez nous transmettre ces pièces vous-même ${before}. Si l’une d’elles ne vous concerne pas, ou si la réponse de l’administration citée vous paraît inexacte, faites-le-nous savoir : nous en tiendrons compte.`,
    'Nous vous prions d’agréer, Madame, Monsieur, l’expression de notre considération distinguée.',
    `${sender.displayName}\n${sender.organisation}`,
  ].join('\n\n');
}
