/** How a document is looked at. */
export interface ViewerState {
  readonly page: number;
  readonly pageCount: number;
  /** A factor, or the width of the window. */
  readonly zoom: number | 'fit';
  /** Degrees, clockwise. */
  readonly rotation: 0 | 90 | 180 | 270;
  readonly showThumbnails: boolean;
}

export type ViewerAction =
  /** `hasRoom`: for the thumbnails beside the pages. */
  | { readonly kind: 'opened'; readonly pageCount: number; readonly hasRoom: boolean }
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'zoom'; readonly direction: 1 | -1; readonly currentScale: number }
  | { readonly kind: 'fit' }
  | { readonly kind: 'rotate' }
  | { readonly kind: 'thumbnails' };

export const initialViewer: ViewerState = { page: 1, pageCount: 0, zoom: 'fit', rotation: 0, showThumbnails: false };

const STEP = 1.25;
const SMALLEST = 0.25;
const LARGEST = 5;

export function viewerReducer(state: ViewerState, action: ViewerAction): ViewerState {
  switch (action.kind) {
    case 'opened':
      return { ...initialViewer, pageCount: action.pageCount, showThumbnails: action.hasRoom && action.pageCount > 1 };
    case 'page':
      return { ...state, page: Math.min(Math.max(1, Math.trunc(action.page) || 1), Math.max(1, state.pageCount)) };
    case 'zoom':
      return { ...state, zoom: Math.min(LARGEST, Math.max(SMALLEST, action.currentScale * (action.direction === 1 ? STEP : 1 / STEP))) };
    case 'fit':
      return { ...state, zoom: 'fit' };
    case 'rotate':
      return { ...state, rotation: ((state.rotation + 90) % 360) as ViewerState['rotation'] };
    case 'thumbnails':
      return { ...state, showThumbnails: !state.showThumbnails };
  }
}

interface ViewerKey {
  /** As the browser names them. */
  readonly keys: readonly string[];
  /** As they are printed on the keyboard. */
  readonly shown: readonly string[];
  readonly act: string;
  readonly action: (state: ViewerState, currentScale: number) => ViewerAction;
}

/** Every key of the reader, and what is said of it in the list of shortcuts. */
export const viewerKeys: readonly ViewerKey[] = [
  { keys: ['ArrowRight', 'PageDown'], shown: ['→'], act: 'Page suivante', action: ({ page }) => ({ kind: 'page', page: page + 1 }) },
  { keys: ['ArrowLeft', 'PageUp'], shown: ['←'], act: 'Page précédente', action: ({ page }) => ({ kind: 'page', page: page - 1 }) },
  { keys: ['Home'], shown: ['Début'], act: 'Première page', action: () => ({ kind: 'page', page: 1 }) },
  { keys: ['End'], shown: ['Fin'], act: 'Dernière page', action: ({ pageCount }) => ({ kind: 'page', page: pageCount }) },
  { keys: ['+', '='], shown: ['+'], act: 'Agrandir', action: (_, currentScale) => ({ kind: 'zoom', direction: 1, currentScale }) },
  { keys: ['-'], shown: ['-'], act: 'Réduire', action: (_, currentScale) => ({ kind: 'zoom', direction: -1, currentScale }) },
  { keys: ['0'], shown: ['0'], act: 'Ajuster à la largeur', action: () => ({ kind: 'fit' }) },
  { keys: ['r', 'R'], shown: ['R'], act: 'Faire pivoter', action: () => ({ kind: 'rotate' }) },
];

/** What a key does; undefined for the keys that belong to the browser or to a field. */
export function actionOfKey(key: string, state: ViewerState, currentScale: number): ViewerAction | undefined {
  return viewerKeys.find(({ keys }) => keys.includes(key))?.action(state, currentScale);
}

export function isPrintKey({ key, ctrlKey, metaKey }: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean }): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === 'p';
}
