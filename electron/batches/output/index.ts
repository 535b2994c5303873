export { batchOutputHandlers, type BatchOutputDeps } from './handlers';
