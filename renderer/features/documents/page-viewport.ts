import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

type PageViewport = ReturnType<PDFPageProxy['getViewport']>;

/** Most that a canvas of any browser draws; an A4 page at twice the largest zoom stays below. */
const MOST_CANVAS_PIXELS = 2 ** 26;
const MOST_CANVAS_SIDE = 32_767;

/** How the page is drawn at that scale, coarser when a canvas could not hold it (a page may claim any size). */
export function viewportWithin(page: PDFPageProxy, scale: number, rotation: number): PageViewport {
  const turned = (page.rotate + rotation) % 360;
  const wanted = page.getViewport({ scale, rotation: turned });
  const { width, height } = wanted;
  const ratio = Math.min(1, Math.sqrt(MOST_CANVAS_PIXELS / (width * height)), MOST_CANVAS_SIDE / Math.max(width, height));
  return ratio === 1 ? wanted : page.getViewport({ scale: scale * ratio, rotation: turned });
}
