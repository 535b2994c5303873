import type { Answer } from '../../shared/domain/consultation';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/domain/json';
import type { ResponseHeaders } from '../http';
import type { Call } from './call';
import { stripDocumentLinks } from './document-links';
import type { AnswerStorePort, DocumentLinkPort, DossierPort } from './ports';
import { type Received, requestIdOf } from './received';
import { v2DataAndMeta } from './v2-answer';

/** Step 10: links go to the registry, the rest is kept sealed and given to the screen. */
export function handOver(
  deps: { readonly links: DocumentLinkPort; readonly answers: AnswerStorePort; readonly dossiers: DossierPort },
  call: Call,
  received: Extract<Received, { ok: true }>,
  quotaCost: number,
): Answer {
  const { request, endpoint } = call;
  const { response, receivedAt } = received;
  const { body, links } = stripDocumentLinks(received.body, endpoint.documents, receivedAt);
  for (const { offer, url, expiresAt } of links) {
    deps.links.keep({ consultationId: request.consultationId, pointer: offer.pointer, url, expiresAt });
  }
  const answer: Answer = {
    consultationId: request.consultationId,
    dossierId: request.dossierId,
    endpointId: request.endpointId,
    identifier: request.identifier,
    parameters: request.parameters,
    context: request.context,
    recipient: request.recipient,
    object: request.object,
    writtenReason: request.writtenReason,
    ...(endpoint.version === 2 ? v2DataAndMeta(body, response.status) : dataAndMeta(body)),
    provider: endpoint.providerLabel,
    receivedAt: new Date(receivedAt).toISOString(),
    requestId: requestIdOf(response),
    httpStatus: response.status,
    durationMs: received.durationMs,
    quotaCost,
    ...cacheFacts(response.headers, receivedAt),
    documents: links.map((link) => link.offer),
  };
  // Deleted while the call was under way, a dossier keeps nothing more.
  if (deps.dossiers.find(request.dossierId)) deps.answers.save(answer);
  return answer;
}

/** The envelope of version 3 is `{data, links, meta}`. */
function dataAndMeta(body: JsonValue): { readonly data: JsonValue; readonly meta: JsonObject } {
  if (!isJsonObject(body) || !Object.hasOwn(body, 'data')) return { data: body, meta: {} };
  const { data, meta } = body;
  return { data: data ?? null, meta: isJsonObject(meta) ? meta : {} };
}

function cacheFacts(headers: ResponseHeaders, receivedAt: number): Pick<Answer, 'servedFromCache' | 'cacheExpiresAt'> {
  const cached = headers['x-response-cached']?.trim().toLowerCase();
  const seconds = Number.parseInt(headers['x-cache-expires-in'] ?? '', 10);
  return {
    servedFromCache: cached === 'true' ? true : cached === 'false' ? false : null,
    cacheExpiresAt: Number.isFinite(seconds) && seconds >= 0 ? new Date(receivedAt + seconds * 1_000).toISOString() : null,
  };
}
