export { HabilitationScreen } from './habilitation-screen';
export { HabilitationsScreen } from './habilitations-screen';
export { TokenBadge } from './token-badge';
export { TokenNotices, useTokenNotices } from './token-notices';
export { loadHabilitations, useHabilitations } from './habilitations-store';
