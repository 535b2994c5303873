export { AccountScreen } from './account-screen';
export { SecondFactorGate } from './second-factor-gate';
