import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * The keys of a grid whose cells hold one button each (WAI-ARIA, grid pattern): arrows from cell to cell, over those that hold
 * nothing; Home and End along the row, with Ctrl in the whole grid.
 */
export function moveInGrid(event: KeyboardEvent<HTMLTableElement>): void {
  const cell = event.target instanceof Element ? event.target.closest('td') : null;
  if (!cell || event.altKey || event.metaKey) return;
  const target = event.key === 'Home' || event.key === 'End' ? farthest(event.currentTarget, cell, event) : nearest(event.currentTarget, cell, event);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function nearest(table: HTMLTableElement, cell: HTMLTableCellElement, { key, ctrlKey }: KeyboardEvent): HTMLButtonElement | null {
  const step = steps[key];
  if (!step || ctrlKey) return null;
  const [down, right] = step;
  let [row, column] = [rowOf(cell) + down, cell.cellIndex + right];
  for (let next = table.rows[row]?.cells[column]; next; next = table.rows[row]?.cells[column]) {
    const button = next.querySelector('button');
    if (button) return button;
    [row, column] = [row + down, column + right];
  }
  return null;
}

function farthest(table: HTMLTableElement, cell: HTMLTableCellElement, { key, ctrlKey }: KeyboardEvent): HTMLButtonElement | null {
  const within = ctrlKey ? table : table.rows[rowOf(cell)];
  const buttons = [...(within?.querySelectorAll('button') ?? [])];
  return (key === 'Home' ? buttons[0] : buttons.at(-1)) ?? null;
}

function rowOf(cell: HTMLTableCellElement): number {
  return cell.closest('tr')?.rowIndex ?? -1;
}
