export type { CompanyChoice } from './company-choice';
export { CompanySearch } from './company-search';
export { GlobalSearch } from './global-search';
