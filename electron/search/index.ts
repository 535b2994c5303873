export { type CompanySearchDeps, createCompanySearch, SEARCH_BASE_URL, type SearchCompanies, SearchError } from './company-search';
export { searchHandlers } from './handlers';
export { createRecentCompanies, recentCompaniesSchema } from './recent-companies';
