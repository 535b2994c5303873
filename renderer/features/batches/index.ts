export { BatchOfCompanies } from './batch-of-companies';
