export { FirstStepsScreen } from './first-steps-screen';
