export { HabilitationScreen } from './habilitation-screen';
export { HabilitationsScreen } from './habilitations-screen';
export { TokenBadge } from './token-badge';
export { TokenNotices, useTokenNotices } from './token-notices';
export type { TokenNotice } from './token-notice-words';
export { loadHabilitations, useHabilitations } from './habilitations-store';
