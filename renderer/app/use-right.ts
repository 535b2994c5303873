import { hasRight, type Right } from '../../shared/domain/rights';
import { useSession } from './session-store';

/** True when the agent signed in has this right; main decides in the end. */
export function useRight(right: Right): boolean {
  return useSession(({ start }) => start?.session ? hasRight(start.session.agent.role, right) : false);
}
