/** What every popover has: the focus goes in and comes back, and it stays when what opened it is out of sight (zoom). */
export const popoverProps = { trapFocus: true, returnFocus: true, hideDetached: false, shadow: 'md' } as const;

/** Never wider than the window. */
export const dropdownProps = { maw: 'calc(100vw - 1rem)' } as const;
