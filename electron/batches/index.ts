export { type BatchFeature, type BatchFeatureDeps, createBatchFeature } from './feature';
export { batchesOfDossier } from './retention';
export { batchesSchema } from './schema';
