import type { ChannelName } from '../../shared/ipc';
import type { IpcResult } from '../../shared/ipc/define';

// Imports no code: it is evaluated before React and the interface.

/** What the first screen is drawn from. */
const FIRST: ChannelName = 'session.start';

let asked: Promise<IpcResult> | undefined;

export function askEarly(): void {
  asked = window.instruire.call(FIRST, undefined);
  // What was answered before the session changed says nothing of the one that there is now.
  for (const event of ['session.changed', 'notices.changed']) window.instruire.on(event, () => (asked = undefined));
}

/** The answer to the question that was asked ahead, once; unchecked, as main sent it. */
export function takeEarlyAnswer(name: ChannelName): Promise<IpcResult> | undefined {
  if (name !== FIRST) return undefined;
  const answer = asked;
  asked = undefined;
  return answer;
}
