interface FormNodes {
  readonly getInputNode: (path: string) => HTMLElement | null;
}

/** Leads to the first field that is at fault, which may be out of sight; fields come in the order of the form's checks. */
export function focusFirstFault(form: FormNodes, errors: object): void {
  const [first] = Object.keys(errors);
  const field = first === undefined ? null : form.getInputNode(first);
  field?.focus();
  // Its own scrolling would leave it under the head of the drawer.
  field?.scrollIntoView({ block: 'center' });
}
