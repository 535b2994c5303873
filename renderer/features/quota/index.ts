export { CallCost } from './call-cost';
export { QuotaGauge } from './quota-gauge';
export { QuotaScreen } from './quota-screen';
export { useNow } from './use-quota';
