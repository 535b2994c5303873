import type { Database } from '../storage/database';
import type { BanState } from './ban-watch';
import type { BreakerState } from './provider-breaker';
import type { WindowCounterState } from './window-counter';

export interface StoredStates {
  readonly window: WindowCounterState;
  readonly breaker: BreakerState;
  readonly ban: BanState | null;
  /** Local time until which the token is stopped. */
  readonly token_stop: number;
}
export type StoredKind = keyof StoredStates;

/** What must outlive the program. `save` returns once the state is on disk. */
export interface QuotaStore {
  load<K extends StoredKind>(kind: K, key: string): StoredStates[K] | undefined;
  save<K extends StoredKind>(kind: K, key: string, state: StoredStates[K]): void;
  /** Keys of every state of a kind. */
  keys(kind: StoredKind): readonly string[];
}

export function memoryQuotaStore(): QuotaStore {
  const states = new Map<string, string>();
  return {
    load: (kind, key) => parse(states.get(`${kind} ${key}`)),
    save: (kind, key, state) => {
      states.set(`${kind} ${key}`, JSON.stringify(state));
    },
    keys: (kind) => [...states.keys()].filter((name) => name.startsWith(`${kind} `)).map((name) => name.slice(kind.length + 1)),
  };
}

/** One row a state, one commit a save (`synchronous = FULL`). */
export function databaseQuotaStore(database: Database): QuotaStore {
  const select = database.prepare('SELECT state FROM quota_state WHERE kind = ? AND key = ?');
  const selectKeys = database.prepare('SELECT key FROM quota_state WHERE kind = ?');
  const upsert = database.prepare(
    'INSERT INTO quota_state (kind, key, state) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET state = excluded.state',
  );
  return {
    load: (kind, key) => parse((select.get(kind, key) as { state: string } | undefined)?.state),
    save: (kind, key, state) => {
      upsert.run(kind, key, JSON.stringify(state));
    },
    keys: (kind) => selectKeys.all(kind).map((row) => (row as { key: string }).key),
  };
}

function parse<T>(text: string | undefined): T | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
