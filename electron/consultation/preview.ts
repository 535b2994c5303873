import type { ConsultationRequest } from '../../shared/domain/consultation';
import type { ChannelOutput } from '../../shared/ipc';
import { clear, type ClearanceDeps, formulate } from './clearance';
import { type CallingAgent, ConsultationError } from './ports';
import { callUrl } from './send';
import { isTokenInQuery } from './v2-request';

export type CallPreview = ChannelOutput<'consultation.preview'>;
export type Preview = (request: Omit<ConsultationRequest, 'consultationId'>, agent: CallingAgent) => CallPreview;

/** Says that a token is there, and nothing of it. */
const MASKED_TOKEN = '••••••••';

/**
 * The request that the pipeline would send, under the same rules, shown instead of sent.
 * Throws a {@link ConsultationError} where the pipeline would refuse.
 */
export function createPreview(deps: ClearanceDeps): Preview {
  return (request, agent) => {
    const cleared = clear(deps, formulate(deps, { ...request, consultationId: 'preview' }, agent));
    if ('refusal' in cleared) throw new ConsultationError(cleared.refusal);
    const { call } = cleared;
    const { environment, baseUrl } = call.grant;
    const url = callUrl(deps.catalogue, call);
    const inQuery = isTokenInQuery(call);
    return {
      method: 'GET',
      environment,
      baseUrl,
      pathTemplate: call.endpoint.path,
      path: url.href.slice(baseUrl.length).split('?')[0] ?? '',
      query: [...url.searchParams, ...(inQuery ? [['token', MASKED_TOKEN] as const] : [])].map(([name, value]) => ({ name, value })),
      headers: [
        ...(inQuery ? [] : [{ name: 'Authorization', value: `Bearer ${MASKED_TOKEN}` }]),
        { name: 'Accept', value: 'application/json' },
        ...(request.fresh ? [{ name: 'Cache-Control', value: 'no-cache' }] : []),
      ],
    };
  };
}
