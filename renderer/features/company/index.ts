export { endpointSet, inReadingOrder } from './endpoint-set';
export { CompanySheet } from './company-sheet';
