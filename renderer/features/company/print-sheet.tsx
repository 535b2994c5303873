import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';

import { findEndpoint } from '../../../shared/catalogue';
import type { Answer } from '../../../shared/domain/consultation';
import type { Dossier, DossierCompany } from '../../../shared/domain/dossier';
import { useCaseLabels } from '../../../shared/domain/use-case';
import { formatIdentifier } from '../../../shared/domain/identifiers';
import { type Cell, type CompanyHeader, readCard, readInstant, type SectionId, sectionLabels, SECTIONS, type TableModel } from '../../../shared/reading';
import { inReadingOrder } from './endpoint-set';
import { provenanceText } from './provenance';

interface PrintSheetProps {
  readonly dossier: Dossier;
  readonly company: DossierCompany;
  readonly header: CompanyHeader;
  readonly answers: readonly Answer[];
  /** Called once the view stands in the page, fonts included. */
  readonly onReady: () => void;
}

/** The sheet as it goes to paper: every block with its source and date, nothing folded, no button. */
export function PrintSheet({ dossier, company, header, answers, onReady }: PrintSheetProps): ReactNode {
  useEffect(() => {
    document.body.classList.add('printing-sheet');
    void document.fonts.ready.then(() => requestAnimationFrame(onReady));
    return () => document.body.classList.remove('printing-sheet');
  }, [onReady]);
  const blocks = inOrder(answers).map((answer) => ({ answer, card: readCard(answer, findEndpoint(answer.endpointId)?.path) }));
  return createPortal(
    <div className="print-sheet" aria-hidden>
      <PrintHead dossier={dossier} company={company} header={header} />
      {SECTIONS.map((section: SectionId) => {
        const members = blocks.filter(({ card }) => card.section === section);
        return (
          members.length > 0 && (
            <section key={section}>
              <h2>{sectionLabels[section]}</h2>
              {members.map((block) => (
                <PrintBlock key={block.answer.consultationId} {...block} />
              ))}
            </section>
          )
        );
      })}
    </div>,
    document.body,
  );
}

/** As on screen: what every sheet shows first. */
function inOrder(answers: readonly Answer[]): Answer[] {
  const endpoints = answers.map(({ endpointId }) => findEndpoint(endpointId)).filter((endpoint) => endpoint !== undefined);
  const ranks = new Map(inReadingOrder(endpoints).map(({ id }, rank) => [id, rank]));
  const rankOf = ({ endpointId }: Answer): number => ranks.get(endpointId) ?? answers.length;
  return [...answers].sort((one, other) => rankOf(one) - rankOf(other));
}

function PrintHead({ dossier, company, header }: Pick<PrintSheetProps, 'dossier' | 'company' | 'header'>): ReactNode {
  const lines: readonly (readonly [string, string | null])[] = [
    ['SIREN ou RNA', formatIdentifier(header.siren ?? company.identifier)],
    ['SIRET', company.siret === null ? null : formatIdentifier(company.siret)],
    ['État', header.stateLabel],
    ['Forme juridique', header.legalForm],
    ['Activité principale', header.activity],
    ['Adresse du siège', header.address],
    ['Dossier', dossier.title],
    ['Cas d’usage', useCaseLabels[dossier.useCase]],
    ['Contexte et objet', `${dossier.context}, ${dossier.object}`],
    ['Destinataire', formatIdentifier(dossier.recipient)],
    ['Imprimé le', readInstant(new Date().toISOString())],
  ];
  return (
    <header>
      <h1>{header.name ?? company.name}</h1>
      <dl>{lines.map(([label, value]) => value !== null && <Pair key={label} label={label} value={value} />)}</dl>
      {header.warnings.map(({ message }) => <p key={message} className="warning">{message}</p>)}
    </header>
  );
}

function Pair({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function PrintBlock({ answer, card }: { readonly answer: Answer; readonly card: ReturnType<typeof readCard> }): ReactNode {
  const told = [...card.facts, ...card.fields, ...card.others].filter(({ missing }) => !missing);
  const missing = [...card.fields, ...card.others].filter((cell) => cell.missing);
  return (
    <div>
      <h3>{findEndpoint(answer.endpointId)?.title ?? answer.endpointId}</h3>
      <p className="source">Source : {provenanceText(answer).replace('\n', '. ')}.</p>
      {card.outcome && <p>{card.outcome.word} : {card.outcome.sentence}</p>}
      {card.notices.map(({ message }) => <p key={message} className="warning">{message}</p>)}
      <dl>{told.map((cell: Cell, rank) => <Pair key={rank} label={cell.label} value={cell.text} />)}</dl>
      {card.tables.map((table) => <PrintTable key={table.title} table={table} />)}
      {missing.length > 0 && <p className="source">Non communiqué : {[...new Set(missing.map(({ label }) => label))].join(', ')}.</p>}
    </div>
  );
}

function PrintTable({ table }: { readonly table: TableModel }): ReactNode {
  return (
    <table>
      <caption>{table.title} ({table.rows.length})</caption>
      <thead>
        <tr>{table.columns.map((column) => <th key={column}>{column}</th>)}</tr>
      </thead>
      <tbody>
        {table.rows.map((row, rank) => (
          <tr key={rank}>{row.map((cell, index) => <td key={index}>{!cell || cell.missing ? '—' : cell.text}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}
