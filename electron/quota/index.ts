export { quotaHandlers, visibleTo } from './handlers';
export { IP_BUDGET_PER_WINDOW } from './ip-budget';
export type { PingStatus } from './providers';
export { createQuotaService, type QuotaService, type QuotaServiceOptions } from './quota-service';
export { databaseQuotaStore, memoryQuotaStore, type QuotaStore } from './quota-store';
export { type Scheduler, systemScheduler } from './scheduler';
export { quotaSchema } from './schema';
export { fileIpWindow, ownIpWindow, type SharedIpWindow } from './shared-ip-window';
