import { type DeepLink, parseDeepLink } from '../shared/domain/deep-link';

/** Keeps the last valid link of another program until somebody signed in looks at it; a link does nothing by itself. */
export interface LinkInbox {
  /** From the system, which passes on whatever it was given: all that is not exactly a link is dropped. */
  receive(text: unknown): void;
  /** From a command line: its one link, if any. Nothing else of it is looked at. */
  receiveArguments(argv: readonly string[]): void;
  readonly take: () => DeepLink | null;
  /** One listener: the window. */
  onArrival(listener: () => void): void;
}

const SCHEME = /^instruire:/i;

export function createLinkInbox(): LinkInbox {
  let waiting: DeepLink | null = null;
  let tell = (): void => undefined;
  const receive = (text: unknown): void => {
    const link = parseDeepLink(text);
    if (link === null) return;
    waiting = link;
    tell();
  };
  return {
    receive,
    receiveArguments(argv) {
      const links = argv.filter((argument) => SCHEME.test(argument));
      if (links.length === 1) receive(links[0]);
    },
    take() {
      const link = waiting;
      waiting = null;
      return link;
    },
    onArrival(listener) {
      tell = listener;
    },
  };
}
