import { Notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useRef } from 'react';

import { tellLength } from './told-length';

const POSITION = 'bottom-right';

/** What is said in passing to whoever is signed in; what scrolls makes room for it, so that it lies on nothing that can be acted on. */
export function Toaster(): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const messages = frame.current?.querySelector<HTMLElement>(`[data-position="${POSITION}"]`);
    return messages ? makeRoomFor(messages) : undefined;
  }, []);
  return <div ref={frame}><Notifications position={POSITION} limit={4} withinPortal={false} /></div>;
}

/** Tells the style sheets how high the messages are, and brings back in sight what has the focus and they would cover (WCAG 2.2, 2.4.11). */
function makeRoomFor(messages: HTMLElement): () => void {
  const bringOut = (): void => {
    if (document.activeElement && isUnder(messages, document.activeElement)) document.activeElement.scrollIntoView({ block: 'nearest' });
  };
  return tellLength('--messages-height', messages, () => messages.offsetHeight, bringOut);
}

/** Whether its middle is covered. */
function isUnder(messages: Element, focused: Element): boolean {
  const [over, { left, right, top, bottom }] = [messages.getBoundingClientRect(), focused.getBoundingClientRect()];
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return !messages.contains(focused) && x > over.left && x < over.right && y > over.top && y < over.bottom;
}
