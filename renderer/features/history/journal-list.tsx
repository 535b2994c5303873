import { UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

import { formatIdentifier } from '../../../shared/domain/identifiers';
import { durationText, type JournalLine, outcomes, subjectOf, whenText } from './journal-text';

const ROW_HEIGHT_PX = 44;
const COLUMNS = ['Quand', 'Résultat', 'Entreprise', 'Donnée', 'Objet', 'Agent', 'Contexte', 'Destinataire', 'Durée', 'Identifiant d’appel'];

interface Props {
  readonly lines: readonly JournalLine[];
  readonly total: number;
  readonly onOpen: (line: JournalLine) => void;
  readonly onEnd: () => void;
}

/** Only the rows in sight exist in the page, whatever the length of the history. */
export function JournalList({ lines, total, onOpen, onEnd }: Props): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualiser redraws the list itself
  const virtualizer = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT_PX, overscan: 12 });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= lines.length - 30) onEnd();
  }, [lastShown, lines.length, onEnd]);
  return (
    // A region that scrolls is reachable from the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="card journal" ref={scroller} role="table" aria-label="Historique" aria-rowcount={total + 1} tabIndex={0}>
      <div role="row" aria-rowindex={1} className="journal-row journal-head">
        {COLUMNS.map((name) => <span role="columnheader" key={name}>{name}</span>)}
      </div>
      <div role="rowgroup" style={{ position: 'relative', height: virtualizer.getTotalSize(), minWidth: 'var(--journal-width)' }}>
        {items.map(({ index, start }) => {
          const line = lines[index];
          return line && <JournalRow key={line.seq} line={line} index={index} top={start} onOpen={onOpen} />;
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly line: JournalLine;
  readonly index: number;
  readonly top: number;
  readonly onOpen: (line: JournalLine) => void;
}

function JournalRow({ line, index, top, onOpen }: RowProps): ReactNode {
  const { label, icon: Icon, color } = outcomes[line.outcome];
  const texts = [line.companyName ?? (line.identifier && formatIdentifier(line.identifier)), subjectOf(line), line.object ?? line.detail, line.agentName, line.context, line.recipient && formatIdentifier(line.recipient)];
  return (
    // The button of the first cell does the same from the keyboard.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div role="row" aria-rowindex={index + 2} className="journal-row journal-line" style={{ transform: `translateY(${top}px)` }} onClick={() => onOpen(line)}>
      <span role="cell">
        <UnstyledButton fz="inherit" style={{ whiteSpace: 'nowrap' }} aria-label={`Détail de la ligne ${line.seq}, ${whenText(line.at)}`}>{whenText(line.at)}</UnstyledButton>
      </span>
      <span role="cell" style={{ display: 'flex', alignItems: 'center', gap: 6, color, fontWeight: 540 }}><Icon size={16} aria-hidden />{label}</span>
      {texts.map((text, column) => (
        <span role="cell" key={COLUMNS[column + 2]} className="ellipsis"><WholeText text={text} /></span>
      ))}
      <span role="cell" style={{ textAlign: 'right' }}>{durationText(line.durationMs)}</span>
      <span role="cell" className="ellipsis" style={{ fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.76rem' }}><WholeText text={line.requestId} /></span>
    </div>
  );
}

/** What the column cuts is read in its bubble; a bubble of the cell itself would be its description, heard after the same words. */
function WholeText({ text }: { readonly text: string | null }): ReactNode {
  return text === null ? null : <span title={text}>{text}</span>;
}
