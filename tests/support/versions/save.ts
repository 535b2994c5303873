export { keychainOf } from '../keychain';
export { saveVersion1 } from './version-1';
