import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface CountTableProps {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** Between 0 and 1, one a row: draws a bar under the first cell. */
  readonly shares?: readonly number[];
  readonly label: string;
}

/** Figures in columns, first column in words. */
export function CountTable({ headings, rows, shares, label }: CountTableProps): ReactNode {
  return (
    // A region that scrolls is reachable from the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <Table fz="sm" aria-label={label}>
        <Table.Thead>
          <Table.Tr>{headings.map((heading, column) => <Table.Th key={heading} scope="col" ta={column === 0 ? 'left' : 'right'}>{heading}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((cells, index) => (
            <Table.Tr key={index}>
              {cells.map((cell, column) => (
                <Table.Td key={headings[column]} ta={column === 0 ? 'left' : 'right'}>
                  {typeof cell === 'number' ? cell.toLocaleString('fr-FR') : cell}
                  {column === 0 && shares !== undefined && <span className="share" aria-hidden><span style={{ width: `${100 * (shares[index] ?? 0)}%` }} /></span>}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
