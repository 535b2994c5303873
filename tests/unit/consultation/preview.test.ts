import { describe, expect, it } from 'vitest';

import { createPreview } from '../../../electron/consultation';
import { ConsultationError } from '../../../electron/consultation/ports';
import { startLoopback } from '../../support/loopback';
import { agent, dossier, makePipeline, SIREN, TOKEN, watcher, wish } from './made-up';

describe('the request shown before it leaves', () => {
  it('is the one that leaves, without its token', async () => {
    const server = await startLoopback((_request, response) => response.end('{"data":{},"links":{},"meta":{}}'));
    try {
      const { deps, consult, steps } = makePipeline(server.baseUrl);
      const preview = createPreview(deps)(wish(), agent);
      expect(steps).toEqual([]);
      await consult(wish(), agent, watcher().options);
      const query = new URLSearchParams(preview.query.map(({ name, value }) => [name, value]));
      expect(`${preview.path}?${query.toString()}`).toBe(server.requests[0]?.url);
      expect(preview).toMatchObject({ method: 'GET', environment: 'sandbox', baseUrl: server.baseUrl, path: `/v4/essai/${SIREN}`, pathTemplate: '/v4/essai/{siren}' });
      expect(JSON.stringify(preview)).not.toContain(TOKEN);
    } finally {
      await server.close();
    }
  });

  it('is refused where the call would be', () => {
    const { deps } = makePipeline('http://127.0.0.1:9', { dossiers: { find: () => ({ ...dossier, useCase: 'fraude' }) } });
    expect(() => createPreview(deps)(wish(), agent)).toThrow(ConsultationError);
    expect(() => createPreview(deps)(wish({ identifier: 'abc' }), agent)).toThrow(ConsultationError);
  });
});
