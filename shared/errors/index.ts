export { errorOf } from './error-of';
export { type FailureBody, readFailureBody } from './failure-body';
export { type Failure, interpretFailure } from './interpret-failure';
export { retryRules } from './retry-rules';
export { transportFailure, transportWords, type TransportWords, wantsProxyAccount, wasCut } from './transport-failure';
