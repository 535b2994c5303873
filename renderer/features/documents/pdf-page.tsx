import { type PDFDocumentProxy, type PDFPageProxy, RenderingCancelledException } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type CSSProperties, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';

import { fitCanvas } from './page-viewport';
import type { Match } from './pdf-search';

interface PdfPageProps {
  readonly pdf: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  readonly scale: number;
  /** Degrees, clockwise, added to the page's own. */
  readonly rotation: number;
  /** Size before the page is known: that of the first one. */
  readonly guess: { readonly width: number; readonly height: number };
  readonly matches?: readonly Match[];
  readonly activeMatch?: Match | null;
  /** « Page n » when absent; empty for a picture that what surrounds it already names. */
  readonly label?: string;
}

/** Screens ahead that are drawn before they are seen. */
const MARGIN = '600px 0px';

function useIsNear(): [React.RefObject<HTMLDivElement | null>, boolean] {
  const holder = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!holder.current) return undefined;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), { rootMargin: MARGIN });
    observer.observe(holder.current);
    return () => observer.disconnect();
  }, []);
  return [holder, near];
}

/** The page once it is wanted; `isBroken` when the document does not hold it, or when it could not be drawn. */
function usePage(pdf: PDFDocumentProxy, number: number, wanted: boolean): { page: PDFPageProxy | null; isBroken: boolean; onBroken: () => void } {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    if (!wanted || page) return undefined;
    let current = true;
    pdf.getPage(number).then(
      (loaded) => current && setPage(loaded),
      () => current && setBroken(true),
    );
    return () => {
      current = false;
    };
  }, [pdf, number, wanted, page]);
  return { page, isBroken, onBroken: useCallback(() => setBroken(true), []) };
}

/** Draws the page on its canvas at the screen's own density; a new scale or rotation draws it again. */
function useDrawing(page: PDFPageProxy | null, near: boolean, scale: number, rotation: number, onBroken: () => void): React.RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!page || !near || !target) return undefined;
    const density = Math.min(window.devicePixelRatio || 1, 2);
    const viewport = fitCanvas(target, page, scale * density, rotation);
    const task = page.render({ canvas: target, viewport });
    task.promise.catch((error: unknown) => {
      // Cancelled when the page leaves or changes scale: that is no error.
      if (!(error instanceof RenderingCancelledException)) onBroken();
    });
    return () => task.cancel();
  }, [page, near, scale, rotation, onBroken]);
  return canvas;
}

function nameOf(label: string) {
  return label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
}

/** One page, drawn when it comes near the screen and freed when it leaves. */
export function PdfPage({ pdf, number, scale, rotation, guess, matches = [], activeMatch = null, label = `Page ${number}` }: PdfPageProps): ReactNode {
  const [holder, near] = useIsNear();
  const { page, isBroken, onBroken } = usePage(pdf, number, near);
  const canvas = useDrawing(page, near, scale, rotation, onBroken);
  const viewport = page?.getViewport({ scale, rotation: (page.rotate + rotation) % 360 });
  const turned = rotation % 180 !== 0;
  const width = viewport?.width ?? (turned ? guess.height : guess.width) * scale;
  const height = viewport?.height ?? (turned ? guess.width : guess.height) * scale;
  return (
    <div ref={holder} data-page={number} style={{ ...paper, width, height }}>
      {isBroken && <p style={broken}>{`La page ${number} ne peut pas être affichée : elle est abîmée.`}</p>}
      {near && !isBroken && <canvas ref={canvas} {...nameOf(label)} style={{ width: '100%', height: '100%', display: 'block' }} />}
      {viewport &&
        matches.flatMap((match, rank) =>
          match.boxes.map((box, index) => {
            const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = viewport.convertToViewportRectangle([box.left, box.bottom, box.right, box.top]) as number[];
            const place = { left: Math.min(x1, x2), top: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
            return <div key={`${rank}-${index}`} style={{ ...mark, ...place, ...(match === activeMatch ? activeMark : {}) }} />;
          }),
        )}
    </div>
  );
}

const paper: CSSProperties = { position: 'relative', background: '#fff', margin: '0 auto', boxShadow: '0 1px 4px rgb(0 0 0 / 35%)', flexShrink: 0 };
const broken: CSSProperties = { position: 'absolute', inset: 0, margin: 0, padding: 16, color: '#18212e', overflow: 'hidden' };
const mark: CSSProperties = { position: 'absolute', background: 'rgb(255 214 0 / 40%)', borderRadius: 2, pointerEvents: 'none' };
const activeMark: CSSProperties = { background: 'rgb(255 130 0 / 55%)', outline: '2px solid rgb(230 90 0)' };
