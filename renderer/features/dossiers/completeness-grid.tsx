import { Button, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { type FocusEvent, type ReactNode, useState } from 'react';

import { dayText } from '../../../shared/domain/days';
import { piecesToAsk } from '../../../shared/domain/completeness';
import { ValidityBadge } from '../../components/validity-badge';
import { moveInGrid } from './grid-keys';
import type { Completeness, CompletenessRow, PieceList, RequiredPiece } from './use-completeness';

export interface GridPlace {
  readonly identifier: string;
  readonly pieceId: string;
}

const FIRST_COLUMN_PX = 230;
const COLUMN_PX = 190;

interface Props {
  readonly list: PieceList;
  readonly completeness: Completeness;
  readonly onOpen: (place: GridPlace) => void;
  readonly onLetter: (identifier: string) => void;
}

const LETTER = 'courrier';

/** Pieces down, companies across: read along a line who lacks it, down a column what one lacks. One stop of the Tab key, walked with the arrows. */
export function CompletenessGrid({ list, completeness: { rows }, onOpen, onLetter }: Props): ReactNode {
  const [stop, setStop] = useState<GridPlace>({ identifier: rows[0]?.identifier ?? '', pieceId: list.pieces[0]?.id ?? '' });
  const isThere = rows.some(({ identifier }) => identifier === stop.identifier) && [LETTER, ...list.pieces.map(({ id }) => id)].includes(stop.pieceId);
  const current = isThere ? stop : { identifier: rows[0]?.identifier, pieceId: list.pieces[0]?.id };
  const tabIndexAt = (identifier: string, pieceId: string): number => (current.identifier === identifier && current.pieceId === pieceId ? 0 : -1);
  const remember = ({ target }: FocusEvent): void => {
    const { identifier, pieceId } = target instanceof HTMLElement ? target.dataset : {};
    if (identifier !== undefined && pieceId !== undefined) setStop({ identifier, pieceId });
  };
  return (
    <div className="card piece-grid">
      <table role="grid" aria-label="Pièces par entreprise" onKeyDown={moveInGrid} onFocus={remember} style={{ minWidth: FIRST_COLUMN_PX + rows.length * COLUMN_PX }}>
        <thead>
          <tr>
            <th scope="col" style={{ width: FIRST_COLUMN_PX }}>Pièce</th>
            {rows.map(({ identifier, name }) => <th scope="col" key={identifier}>{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {list.pieces.map((piece) => (
            <tr key={piece.id}>
              <th scope="row">
                {piece.label}
                <Text size="xs" c="dimmed" fw={400}>{piece.need === 'indispensable' ? 'Indispensable' : 'Utile'}</Text>
              </th>
              {rows.map((row) => <td key={row.identifier}><Cell piece={piece} row={row} tabIndex={tabIndexAt(row.identifier, piece.id)} onOpen={onOpen} /></td>)}
            </tr>
          ))}
          <tr>
            <th scope="row"><VisuallyHidden>Courrier</VisuallyHidden></th>
            {rows.map((row) => (
              <td key={row.identifier}>
                {piecesToAsk(list, row).length > 0 && (
                  <Button tabIndex={tabIndexAt(row.identifier, LETTER)} data-identifier={row.identifier} data-piece-id={LETTER} variant="default" size="compact-sm" leftSection={<IconMail size={14} aria-hidden />} aria-label={`Courrier à ${row.name}`} onClick={() => onLetter(row.identifier)}>Courrier</Button>
                )}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly piece: RequiredPiece;
  readonly row: CompletenessRow;
  readonly tabIndex: number;
  readonly onOpen: Props['onOpen'];
}

function Cell({ piece, row, tabIndex, onOpen }: CellProps): ReactNode {
  const validity = row.cells.find(({ pieceId }) => pieceId === piece.id)?.validity;
  if (!validity) return null;
  const { state, holdsUntil, reason } = validity;
  const short = holdsUntil === null ? reason : `${state === 'expired' ? 'Depuis le' : 'Jusqu’au'} ${dayText(holdsUntil)}`;
  return (
    <UnstyledButton className="piece-cell" tabIndex={tabIndex} data-identifier={row.identifier} data-piece-id={piece.id} onClick={() => onOpen({ identifier: row.identifier, pieceId: piece.id })}>
      <VisuallyHidden>{`${piece.label}, ${row.name} : `}</VisuallyHidden>
      <ValidityBadge validity={validity} />
      <Text size="xs" c="dimmed" lineClamp={2} mt={4} title={reason}>{short}</Text>
      {short !== reason && <VisuallyHidden>{reason}</VisuallyHidden>}
    </UnstyledButton>
  );
}
