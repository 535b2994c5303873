export { erasureHandlers } from './handlers';
