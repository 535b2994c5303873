export { createFindWays } from './find-ways';
export { networkHandlers } from './handlers';
export { createNetworkSecrets, type NetworkSecrets } from './network-secrets';
export { createProxyAccounts, type ConfirmedProxies } from './proxy-accounts';
