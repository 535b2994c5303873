import type { IpcErrorData, IpcResult } from '../shared/ipc/define';

/** Thrown by a handler to tell the screen, in words, why it did not do what was asked. */
export class IpcFailure extends Error {
  readonly data: IpcErrorData;

  constructor(code: IpcErrorData['code'], message: string, field: string | null = null) {
    super(message);
    this.name = 'IpcFailure';
    this.data = { code, message, field };
  }
}

/** A refusal as data, where nothing is thrown. */
export function failure(code: IpcErrorData['code'], message: string): IpcResult {
  return { ok: false, error: { code, message, field: null } };
}
