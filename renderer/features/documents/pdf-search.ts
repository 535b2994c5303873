import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

import { foldText } from '../../../shared/domain/fold-text';

/** Box of a piece of text, in the PDF's own coordinates. */
export interface TextBox {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

export interface Match {
  /** From 1. */
  readonly page: number;
  readonly boxes: readonly TextBox[];
}

/** Width of a text, in any unit. */
type WidthOf = (text: string) => number;

interface TextPiece {
  readonly text: string;
  readonly box: TextBox;
}

/** Matches in the pieces of one page, including those that run over several pieces. */
export function matchesIn(pieces: readonly TextPiece[], query: string, page: number, widthOf: WidthOf): Match[] {
  const needle = foldText(query.trim());
  if (needle === '') return [];
  const starts: number[] = [];
  let text = '';
  for (const piece of pieces) {
    starts.push(text.length);
    text += `${foldText(piece.text)} `;
  }
  const matches: Match[] = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    const boxes = pieces.flatMap((piece, index) => partOf(piece, at - (starts[index] ?? 0), end - (starts[index] ?? 0), widthOf));
    matches.push({ page, boxes });
  }
  return matches;
}

/** Box of the characters from `from` to `to` of a piece, in proportion to their widths; none when they miss it. */
function partOf({ text, box }: TextPiece, from: number, to: number, widthOf: WidthOf): TextBox[] {
  const first = Math.max(0, from);
  const last = Math.min(text.length, to);
  if (last <= first) return [];
  const ratio = (box.right - box.left) / Math.max(widthOf(text), 1);
  return [{ ...box, left: box.left + widthOf(text.slice(0, first)) * ratio, right: box.left + widthOf(text.slice(0, last)) * ratio }];
}

/** The PDF gives the width of a whole piece: a common font tells how its characters share it. */
function canvasWidth(): WidthOf {
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = '100px Arial, sans-serif';
  return (text) => context?.measureText(text).width ?? text.length;
}

/** Searches page after page; stops between two pages when aborted. */
export async function searchPdf(pdf: PDFDocumentProxy, query: string, signal: AbortSignal): Promise<Match[]> {
  const matches: Match[] = [];
  const widthOf = canvasWidth();
  for (let number = 1; number <= pdf.numPages && !signal.aborted; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , , left = 0, bottom = 0] = item.transform as number[];
      return [{ text: item.str, box: { left, bottom: bottom - item.height * 0.2, right: left + item.width, top: bottom + item.height } }];
    });
    matches.push(...matchesIn(pieces, query, number, widthOf));
  }
  return matches;
}
