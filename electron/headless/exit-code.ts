/** What the organisation's scheduler learns; docs/lot-sans-fenetre.md says it in French. */
export const EXIT = {
  allAnswered: 0,
  someFailed: 1,
  badInput: 2,
  refused: 3,
  /** Paused by a signal: the same command goes on from there. */
  interrupted: 4,
  /** The data of this workstation cannot be opened: the application is open, the keychain closed, the disk full. */
  cannotStart: 5,
  /** Waits for somebody: a token to replace, an address suspended, a proxy's account to give, a journal that cannot be written. */
  waitsForSomebody: 6,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
