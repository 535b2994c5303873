export { createListReader } from './list-reader';
