import type { FinancialYear, SandboxCompany } from '../companies/types';
import { drawTable, type Pdf } from './pdf-page';

/** Cover, balance sheet, income statement: three pages for the year closed on `closedOn`. */
export function accountsPages(pdf: Pdf, company: SandboxCompany, closedOn: string): void {
  const year = company.years.find((one) => one.closedOn === closedOn);
  const previous = company.years.find((one) => one.closedOn < closedOn);
  pdf.text(`Exercice clos le ${closedOn.split('-').reverse().join('/')}`).text(`Capital : ${euros(company.capital)}`);
  if (!year) return;
  page(pdf, 'Bilan', ['Poste', 'Exercice', 'Exercice précédent'], rows(balanceSheet, year, previous));
  page(pdf, 'Compte de résultat', ['Poste', 'Exercice', 'Exercice précédent'], rows(incomeStatement, year, previous));
}

function page(pdf: Pdf, title: string, header: readonly string[], lines: readonly (readonly string[])[]): void {
  pdf.addPage();
  pdf.font('Helvetica-Bold').fontSize(14).text(title).moveDown();
  drawTable(pdf, header, lines);
}

type Line = readonly [label: string, amount: (year: FinancialYear) => number];

const balanceSheet: readonly Line[] = [
  ['Immobilisations nettes', ({ equity }) => equity * 0.6],
  ['Stocks', ({ turnover }) => turnover * 0.08],
  ['Créances clients', ({ turnover }) => turnover * 0.15],
  ['Capitaux propres', ({ equity }) => equity],
  ['Dettes', ({ debts }) => debts],
];

const incomeStatement: readonly Line[] = [
  ["Chiffre d'affaires", ({ turnover }) => turnover],
  ['Achats et charges externes', ({ turnover }) => turnover * 0.44],
  ['Charges de personnel', ({ turnover }) => turnover * 0.39],
  ['Résultat net', ({ netIncome }) => netIncome],
];

function rows(lines: readonly Line[], year: FinancialYear, previous: FinancialYear | undefined): readonly (readonly string[])[] {
  return lines.map(([label, amount]) => [label, euros(amount(year)), previous ? euros(amount(previous)) : '—']);
}

/** pdfkit's built-in fonts lack the narrow no-break space that French grouping uses. */
function euros(amount: number): string {
  return `${Math.round(amount).toLocaleString('fr-FR').replaceAll('\u202f', '\u00a0')} €`;
}
