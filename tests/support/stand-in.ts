import { IPC_CALL } from '../../shared/ipc/wire';
import type { RunningApp } from './app';

/** What main says on these channels from now on, for states that no test can bring about; `{}` gives them all back. */
export async function standIn({ app }: RunningApp, answers: Readonly<Record<string, unknown>>): Promise<void> {
  await app.evaluate(
    ({ ipcMain }, { channel, given }) => {
      type Answer = (event: unknown, name: string, input: unknown) => unknown;
      const { _invokeHandlers: handlers } = ipcMain as unknown as { readonly _invokeHandlers: Map<string, Answer> };
      const kept = globalThis as { answerOfMain?: Answer | undefined };
      const answerOfMain = (kept.answerOfMain ??= handlers.get(channel));
      if (!answerOfMain) throw new Error('main answers nothing yet');
      // Bytes are no part of JSON: they come here in base 64.
      const values = JSON.parse(given, (key, value: unknown) => (key === 'bytes' ? Uint8Array.from(atob(String(value)), (character) => character.charCodeAt(0)) : value)) as Record<string, unknown>;
      handlers.set(channel, (event, name, input) => (Object.hasOwn(values, name) ? { ok: true, value: values[name] } : answerOfMain(event, name, input)));
    },
    { channel: IPC_CALL, given: JSON.stringify(answers) },
  );
}
