import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useLayoutEffect } from 'react';

interface Props extends ModalProps {
  /** Of the text that is said with the title: what the dialog asks, where the focus starts on a button. */
  readonly descriptionId?: string;
}

/** A window over the screen: Escape closes it, and the focus goes back to what opened it, even when it leaves without closing. */
export function Dialog({ descriptionId, ...props }: Props): ReactNode {
  useFocusGivenBack(props.opened);
  return <Modal returnFocus={false} closeButtonProps={{ 'aria-label': 'Fermer' }} attributes={{ content: { 'data-description': descriptionId } }} {...props} />;
}

function useFocusGivenBack(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return undefined;
    const opener = openerOf(document.activeElement);
    return () => void setTimeout(() => giveBack(opener));
  }, [opened]);
}

/** An item of a menu is gone with its menu: the focus goes back to the menu's button. */
function openerOf(focused: Element | null): Element | null {
  const button = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return button ? document.getElementById(button) : focused;
}

/** Without an opener any more, the focus goes to the screen; what took the focus meanwhile keeps it. */
function giveBack(opener: Element | null): void {
  const { activeElement: focused, body } = document;
  const isNowhere = focused === null || focused === body || focused.closest('[role="dialog"], [role="menu"]') !== null;
  if (!isNowhere) return;
  const target = opener?.isConnected === true && opener !== body ? opener : document.querySelector('main');
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
