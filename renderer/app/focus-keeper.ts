/** A row of a list or of a table. A row that is only drawn while in sight (`role="row"`) leaves by scrolling: it is none. */
const ROW = 'li, tr, [role="listitem"]';
/** What keeps the focus to itself, and gives it back by its own means. */
const OVER = '[role="dialog"], [role="menu"], [role="listbox"]';
const CONTROLS = 'a[href], button, input, select, textarea, [tabindex]';

/** After what closes has tried, in vain, to give the focus back. */
const CLOSING_MS = 20;

/** Where an element was among its parent's children, for it and for all that it was in, nearest first. */
type Path = readonly { readonly element: Element; readonly parent: Element; readonly rank: number }[];

/**
 * Whoever removes a row from the keyboard goes on from the next one, else from the one before, else from the
 * heading of the list: a browser leaves the focus nowhere. Once the button of a passing message is gone with it,
 * the focus goes back where it was on the screen. A button that its own work disables loses the focus: it finds it
 * again once the work is over, or its neighbour does when it can serve no more. What takes the focus meanwhile keeps it, and a press on an empty
 * place lets go of it. A dialog that closes meanwhile leaves the focus for the button whose work goes on.
 */
export function keepFocus(): () => void {
  let last: Element | null = null;
  let path: Path = [];
  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target.closest(OVER) !== null) return;
    last = target;
    if (target.closest('main') !== null) path = pathOf(target);
  };
  const forget = ({ target }: PointerEvent): void => {
    if (!(target instanceof Element) || target.closest(`${CONTROLS}, label, ${OVER}`) !== null) return;
    last = null;
    path = [];
  };
  const mend = (): void => {
    if (last === null || last.isConnected || !isNowhere()) return;
    const before = path[0]?.element;
    last = null;
    giveFocus(before?.isConnected === true ? before : (heirOf(path) ?? placeOf(path)));
  };
  const giveBack = (): void => {
    if (last?.isConnected === true && isNowhere()) giveFocus(last.matches(':disabled') ? neighbourOf(last) : last);
  };
  const observer = new MutationObserver((changes) => {
    if (last === null) return;
    // A screen that replaces another takes the focus in the same turn.
    if (!last.isConnected) setTimeout(mend);
    else if (isWorkOver(last, changes)) setTimeout(giveBack);
    else if (last.matches(':disabled:not([data-loading])') && changes.some(hasClosed)) setTimeout(giveBack, CLOSING_MS);
  });
  document.addEventListener('focusin', remember);
  document.addEventListener('pointerdown', forget);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  return () => {
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', forget);
    observer.disconnect();
  };
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function isWorkOver(last: Element, changes: readonly MutationRecord[]): boolean {
  return !last.matches(':disabled') && changes.some(({ type, target }) => type === 'attributes' && target === last);
}

function hasClosed({ removedNodes }: MutationRecord): boolean {
  return [...removedNodes].some((node) => node instanceof Element && (node.matches(OVER) || node.querySelector(OVER) !== null));
}

/** The nearest control that can serve: after this one, else before it. */
function neighbourOf(control: Element): Element | null {
  for (let place = control.parentElement; place && place.tagName !== 'MAIN'; place = place.parentElement) {
    const others = controlsOf(place);
    const after = others.find((other) => (control.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
    const found = after ?? others.at(-1);
    if (found) return found;
  }
  return null;
}

function pathOf(start: Element): Path {
  const path: { element: Element; parent: Element; rank: number }[] = [];
  for (let element = start; element.parentElement && element.tagName !== 'MAIN'; element = element.parentElement) {
    path.push({ element, parent: element.parentElement, rank: [...element.parentElement.children].indexOf(element) });
  }
  return path;
}

/** Of a control that gave way to others in the same place (« Télécharger », then « Annuler », then « Voir »): that place, and none of them. */
function placeOf(path: Path): Element | null {
  const place = path.find(({ parent }) => parent.isConnected)?.parent ?? null;
  if (place && !place.hasAttribute('tabindex')) place.setAttribute('tabindex', '-1');
  return place;
}

/** What takes the focus of a row that is gone; null when no row is. */
function heirOf(path: Path): Element | null {
  const focused = path[0]?.element;
  const row = focused?.closest(ROW);
  const gone = path.find(({ parent }) => parent.isConnected);
  if (!focused || !row || !gone || !gone.element.contains(row)) return null;
  const { element, parent, rank } = gone;
  const isRow = (one: Element | undefined): one is Element => one?.tagName === element.tagName && one.matches(ROW);
  const neighbour = [parent.children[rank], parent.children[rank - 1]].find(isRow);
  const control = neighbour && (controlsOf(neighbour)[controlsOf(row).indexOf(focused)] ?? controlsOf(neighbour)[0]);
  return control ?? headingOf(parent);
}

function controlsOf(row: Element): Element[] {
  return [...row.querySelectorAll(CONTROLS)].filter((one) => !one.matches(':disabled, [type="hidden"]'));
}

function headingOf(list: Element): Element | null {
  const heading = list.closest('section')?.querySelector('h2, h3') ?? list.closest('main')?.querySelector('h1') ?? list.closest('main');
  if (heading && !heading.hasAttribute('tabindex')) heading.setAttribute('tabindex', '-1');
  return heading ?? null;
}

function giveFocus(target: Element | null): void {
  if (target instanceof HTMLElement) target.focus({ preventScroll: target.tabIndex < 0 });
}
