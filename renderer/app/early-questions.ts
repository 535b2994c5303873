import type { ChannelName } from '../../shared/ipc';
import type { IpcResult } from '../../shared/ipc/define';

// Imports no code: it is evaluated before React and the interface.

/** What the first screen asks as soon as it is drawn. */
const FIRST: readonly ChannelName[] = ['session.start', 'settings.get'];

const asked = new Map<ChannelName, Promise<IpcResult>>();

export function askEarly(): void {
  for (const name of FIRST) asked.set(name, window.instruire.call(name, undefined));
  // What was answered before the session changed says nothing of the one that there is now.
  for (const event of ['session.changed', 'notices.changed']) window.instruire.on(event, () => asked.clear());
}

/** The answer to a question that was asked ahead, once; unchecked, as main sent it. */
export function takeEarlyAnswer(name: ChannelName): Promise<IpcResult> | undefined {
  const answer = asked.get(name);
  asked.delete(name);
  return answer;
}
