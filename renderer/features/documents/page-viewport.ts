import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

type PageViewport = ReturnType<PDFPageProxy['getViewport']>;

/** Most that a canvas of any browser draws; an A4 page at twice the largest zoom stays below. */
const MOST_CANVAS_PIXELS = 2 ** 26;
const MOST_CANVAS_SIDE = 32_767;

/** Sizes the canvas for the page, and says how it is drawn there. */
export function fitCanvas(canvas: HTMLCanvasElement, page: PDFPageProxy, scale: number, rotation: number): PageViewport {
  const viewport = viewportWithin(page, scale, rotation);
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  return viewport;
}

/** At that scale, or coarser when a canvas could not hold it (a page may claim any size). */
function viewportWithin(page: PDFPageProxy, scale: number, rotation: number): PageViewport {
  const turned = (page.rotate + rotation) % 360;
  const wanted = page.getViewport({ scale, rotation: turned });
  const { width, height } = wanted;
  const ratio = Math.min(1, Math.sqrt(MOST_CANVAS_PIXELS / (width * height)), MOST_CANVAS_SIDE / Math.max(width, height));
  return ratio === 1 ? wanted : page.getViewport({ scale: scale * ratio, rotation: turned });
}
