export { readIdentifier } from './identifier';
export { createListReader } from './list-reader';
