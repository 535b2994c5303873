export { createDispatcher, type Dispatcher, type DispatcherOptions } from './dispatcher';
export {
  type Authorization,
  type BodyReader,
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type HttpPostRequest,
  type HttpRequest,
  type HttpResponse,
  ReaderError,
  type ResponseHead,
  type ResponseHeaders,
} from './http-client';
export { parseJson } from './json';
export { providerFetch } from './provider-fetch';
export { TransportError, type TransportProblem } from './transport-error';

/** Our bounds on the size of an answer and of a document. */
export const MAX_JSON_BYTES = 20 * 1024 * 1024;
export const MAX_DOCUMENT_BYTES = 60 * 1024 * 1024;
