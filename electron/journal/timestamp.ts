export interface Timestamp { readonly stampedAt: number; readonly token: Buffer }
export function requestTimestamp(_url: string, _digest: Buffer, _signal?: AbortSignal): Promise<Timestamp> { return Promise.reject(new Error('not available')); }
