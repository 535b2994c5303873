import { afterEach, expect } from 'vitest';

import { ConsultationError } from '../../../electron/consultation/ports';
import type { ApiError } from '../../../shared/domain/api-error';
import { type Answering, type LoopbackServer, sendJson, startLoopback } from '../../support/loopback';

/** A loopback server for each test that asks for one, closed after it. */
export function servingForEach(): (answering: Answering) => Promise<LoopbackServer> {
  const open: LoopbackServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });
  return async (answering) => {
    const server = await startLoopback(answering);
    open.push(server);
    return server;
  };
}

export const answersData: Answering = (_request, response) =>
  sendJson(response, 200, { data: { nom: 'ÉBÉNISTERIE DU LAC' }, links: {}, meta: { redirect_from_siren: '900000001' } }, { 'x-request-id': 'req-1' });

/** What the agent is told of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConsultationError);
  return (error as ConsultationError).apiError;
}

/** Resolves once a condition holds; the test's own limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
