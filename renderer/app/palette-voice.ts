/** What the field of the palette is to a screen reader: it keeps the focus, and its list is walked with the arrows. */
export const paletteField = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-expanded': true } as const;

export const paletteList = { role: 'listbox', 'aria-label': 'Propositions' } as const;

/** Tells which line is chosen, as long as the field stands: the library, which marks the choice by hand, says nothing of it. */
export function tellChoices(field: HTMLInputElement): () => void {
  const dialog = field.closest('[role="dialog"]') ?? document.body;
  const observer = new MutationObserver(() => tellChosenLine(field, dialog));
  observer.observe(dialog, { subtree: true, childList: true, attributeFilter: ['data-selected'] });
  tellChosenLine(field, dialog);
  return () => observer.disconnect();
}

function tellChosenLine(field: HTMLInputElement, dialog: Element): void {
  const list = dialog.querySelector('[role="listbox"]');
  const lines = [...(list?.querySelectorAll('[role="option"]') ?? [])];
  for (const [rank, line] of lines.entries()) {
    line.id = `palette-line-${rank}`;
    line.setAttribute('aria-selected', String(line.hasAttribute('data-selected')));
  }
  const chosen = lines.find((line) => line.hasAttribute('data-selected'));
  for (const [name, id] of [['aria-controls', list?.id], ['aria-activedescendant', chosen?.id]] as const) {
    if (id === undefined || id === '') field.removeAttribute(name);
    else field.setAttribute(name, id);
  }
}
