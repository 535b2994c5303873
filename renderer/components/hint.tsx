import { Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

const OPEN_DELAY_MS = 300;

interface HintProps {
  /** What the bubble says, line by line. */
  readonly label: string;
  /** Reached with the keyboard too. */
  readonly focusable?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * Says more on hover and on focus. The bubble exists only while it is open: a sheet holds hundreds of
 * them, and drawing what nobody points at would hold the screen.
 */
export function Hint({ label, focusable = false, className, children }: HintProps): ReactNode {
  const id = useId();
  const { opened, openSoon, open, close } = useOpening();
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- it only says more: there is nothing to activate
    <span
      className={className}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what the bubble says is read with the keyboard too
      tabIndex={focusable ? 0 : undefined}
      aria-describedby={opened ? id : undefined}
      onMouseEnter={openSoon}
      onMouseLeave={close}
      onFocus={open}
      onBlur={close}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      {opened ? (
        <Tooltip opened label={<span id={id}>{label}</span>} multiline maw={440} withArrow styles={{ tooltip: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } }}>
          <span>{children}</span>
        </Tooltip>
      ) : (
        children
      )}
    </span>
  );
}

function useOpening() {
  const [opened, setOpened] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (value: boolean, delayMs: number) => {
    clearTimeout(timer.current);
    if (delayMs === 0) setOpened(value);
    else timer.current = setTimeout(() => setOpened(value), delayMs);
  };
  return { opened, openSoon: () => set(true, OPEN_DELAY_MS), open: () => set(true, 0), close: () => set(false, 0) };
}
