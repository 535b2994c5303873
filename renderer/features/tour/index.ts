export { TourBar } from './tour-bar';
export { TourEntry } from './tour-entry';
