import type { StoreApi, UseBoundStore } from 'zustand';

const forgetters = new Set<() => void>();

/** Marks a store as the agent's own: it is emptied when he leaves, so that the next one finds nothing of his. */
export function sessionStore<T>(store: UseBoundStore<StoreApi<T>>): UseBoundStore<StoreApi<T>> {
  forgetters.add(() => store.setState(store.getInitialState(), true));
  return store;
}

export function forgetSession(): void {
  for (const forget of forgetters) forget();
}
