export { retentionHandlers } from './handlers';
export { type Holding, Retention } from './retention';
export { createRetentionStore } from './retention-store';
export { retentionSchema } from './schema';
