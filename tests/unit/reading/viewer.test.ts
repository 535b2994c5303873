import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { matchesIn } from '../../../renderer/features/documents/pdf-search';
import { actionOfKey, initialViewer, viewerReducer } from '../../../renderer/features/documents/viewer-state';

const box = (left: number, right: number) => ({ left, right, bottom: 0, top: 10 });
const widthOf = (text: string): number => text.length;

describe('searching a document', () => {
  it('ignores case and accents, and lights the words alone', () => {
    const [match] = matchesIn([{ text: 'Une Échéance proche', box: box(0, 190) }], 'echeance', 3, widthOf);
    expect(match).toEqual({ page: 3, boxes: [box(40, 120)] });
  });

  it('finds words that run over two pieces', () => {
    const pieces = [
      { text: 'bilan', box: box(0, 50) },
      { text: 'annuel', box: box(60, 120) },
    ];
    expect(matchesIn(pieces, 'lan ann', 1, widthOf)).toEqual([{ page: 1, boxes: [box(20, 50), box(60, 90)] }]);
  });

  it('finds nothing for a blank query', () => {
    expect(matchesIn([{ text: 'texte', box: box(0, 50) }], '  ', 1, widthOf)).toEqual([]);
  });
});

describe('the reader', () => {
  const opened = viewerReducer(initialViewer, { kind: 'opened', pageCount: 5, hasRoom: true });

  it('never leaves the document, whatever the keys', () => {
    const keys = fc.constantFrom('ArrowRight', 'ArrowLeft', 'PageDown', 'PageUp', 'Home', 'End', '+', '-', '0', 'r', 'x');
    fc.assert(
      fc.property(fc.array(keys), (pressed) => {
        const state = pressed.reduce((current, key) => {
          const action = actionOfKey(key, current, current.zoom === 'fit' ? 1 : current.zoom);
          return action ? viewerReducer(current, action) : current;
        }, opened);
        expect(state.page).toBeGreaterThanOrEqual(1);
        expect(state.page).toBeLessThanOrEqual(5);
        if (state.zoom !== 'fit') expect(state.zoom).toBeGreaterThan(0);
      }),
    );
  });

  it('turns by quarters and comes back', () => {
    const turned = [1, 2, 3, 4].reduce((state) => viewerReducer(state, { kind: 'rotate' }), opened);
    expect(turned.rotation).toBe(0);
    expect(viewerReducer(opened, { kind: 'rotate' }).rotation).toBe(90);
  });
});
