import { useCallback, useEffect, useRef, useState } from 'react';

import type { ChannelOutput } from '../../../shared/ipc';
import { callMain, messageOf, onMain } from '../../app/bridge';

export type VerificationReport = NonNullable<ChannelOutput<'journal.verify'>>;

export type Verification =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly checked: number; readonly total: number }
  | { readonly step: 'done'; readonly report: VerificationReport }
  | { readonly step: 'failed'; readonly message: string };

interface Range {
  readonly fromSeq?: number;
  readonly toSeq?: number;
}

/** One verification at a time, with its progress; leaving the screen stops it. */
export function useVerification() {
  const [state, setState] = useState<Verification>({ step: 'idle' });
  const running = useRef<string | null>(null);
  useEffect(
    () =>
      onMain('journal.exportProgress', ({ exportId, written, total }) => {
        if (exportId === running.current) setState({ step: 'running', checked: written, total });
      }),
    [],
  );
  const cancel = useCallback(() => {
    const verificationId = running.current;
    // A verification that has just ended has nothing to stop.
    if (verificationId !== null) callMain('journal.cancelVerify', { verificationId }).catch(() => undefined);
  }, []);
  useEffect(() => cancel, [cancel]);
  const verify = useCallback(async (range: Range) => {
    const verificationId = crypto.randomUUID();
    running.current = verificationId;
    setState({ step: 'running', checked: 0, total: 0 });
    try {
      const report = await callMain('journal.verify', { verificationId, ...range });
      setState(report === null ? { step: 'idle' } : { step: 'done', report });
    } catch (error) {
      setState({ step: 'failed', message: messageOf(error) });
    } finally {
      running.current = null;
    }
  }, []);
  return { state, verify, cancel };
}
