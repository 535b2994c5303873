export { createFailedCallStore, type FailedCallStore } from './failed-call-store';
export { reminderHandlers } from './reminder-handlers';
export { rememberFailures } from './remember-failures';
export { failedCallsSchema, failuresOfDossiers } from './schema';
