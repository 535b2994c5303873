export { errorOf } from './error-of';
export { type Failure, interpretFailure } from './interpret-failure';
export { retryRules } from './retry-rules';
