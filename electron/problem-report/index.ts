export { problemReportHandlers } from './handlers';
export type { FactGroup } from './report';
