interface FormNodes {
  readonly getInputNode: (path: string) => HTMLElement | null;
}

/** Leads to the first field that is at fault, which may be out of sight; fields come in the order of the form's checks. */
export function focusFirstFault(form: FormNodes, errors: object): void {
  const [first] = Object.keys(errors);
  const node = first === undefined ? null : form.getInputNode(first);
  // A group of boxes is known by what holds them, which takes no focus.
  const field = node?.querySelector<HTMLElement>('input, textarea') ?? node;
  field?.focus();
  // Its own scrolling would leave it under the head of the drawer.
  field?.scrollIntoView({ block: 'center' });
}
