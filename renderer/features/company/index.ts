export { CompanySheet } from './company-sheet';
