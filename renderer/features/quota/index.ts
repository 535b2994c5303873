export { QuotaGauge } from './quota-gauge';
export { QuotaScreen } from './quota-screen';
