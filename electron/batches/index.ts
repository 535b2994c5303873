export { type BatchFeature, type BatchFeatureDeps, createBatchFeature } from './feature';
export { batchesSchema } from './schema';
