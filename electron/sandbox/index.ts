export type { SandboxControl } from './control/control';
export { CONTROL_HEADER } from './control/control-server';
export type { Fault, FaultEffect } from './server/conditions';
export type { LoggedRequest } from './server/request-log';
export { routes as sandboxRoutes } from './server/routes';
export { issueToken, type SandboxTokens, type TokenClaims, tokenKeyOf } from './server/tokens';
export { v2Routes as sandboxV2Routes } from './v2/routes';
export { type Sandbox, type SandboxCompanyEntry, sandboxCompanies, type SandboxOptions, startSandbox } from './sandbox';
