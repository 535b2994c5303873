export { diagnosticsHandlers } from './handlers';
export { journalFault } from './journal-check';
export { localChecks } from './local-checks';
export { networkChecks } from './network-checks';
export { serviceChecks } from './service-checks';
export { checkToken } from './token-check';
