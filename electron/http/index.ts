export { readAuthorityFile } from './authorities';
export { chainOf, namesOf, subjectName } from './certificate-facts';
export type { ClientCertificate } from './connector';
export { createDispatcher, type Dispatcher, type DispatcherOptions } from './dispatcher';
export {
  type Authorization,
  type BodyReader,
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type HttpPostRequest,
  type HttpRequest,
  ReaderError,
} from './http-client';
export { parseJson } from './json';
export { providerFetch } from './provider-fetch';
export type { HttpResponse, ResponseHead, ResponseHeaders } from './response';
export { TransportError, transportErrorOf } from './transport-error';
export type { ProxyAccount, ProxyAccounts } from './tunnel';
export { DIRECT, type FindWays, isLoopback, isSpared, nameOfWay, type ProxyWay, proxyWay, readProxyList, type Way } from './way';

/** Our bounds on the size of an answer and of a document. */
export const MAX_JSON_BYTES = 20 * 1024 * 1024;
export const MAX_DOCUMENT_BYTES = 60 * 1024 * 1024;
