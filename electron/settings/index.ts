export { settingsHandlers } from './handlers';
