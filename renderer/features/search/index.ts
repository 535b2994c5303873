export { choicesOf } from './choices';
export type { CompanyChoice } from './company-choice';
export { useCompanyOpening } from './company-opening';
export { CompanySearch } from './company-search';
export { GlobalSearch } from './global-search';
export { openLinked } from './search-store';
export { SearchScreen } from './search-screen';
export { useCompanyMatches } from './use-company-matches';
