export { type UpdateHandlerDeps, updateHandlers } from './handlers';
export { RELEASE_PUBLIC_KEY } from './release-key';
