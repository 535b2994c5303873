import { useRef, useState } from 'react';

import { callMain, messageOf } from '../../app/bridge';
import { useLoaded } from '../../components/use-loaded';
import type { SettingProps, Settings } from './setting-card';

interface SettingsInHand {
  /** As main keeps them, with the changes that it has not answered yet. */
  readonly settings: Settings | null;
  readonly problem: string | null;
  /** Why main refused the last change. */
  readonly refusal: string | null;
  readonly change: SettingProps['onChange'];
  readonly forgetRefusal: () => void;
}

type Change = Parameters<SettingProps['onChange']>[0];

/** A change is shown at once: an answer that comes late never takes back what was chosen since. */
export function useSettings(): SettingsInHand {
  const { value, problem, replace } = useLoaded(() => callMain('settings.get', undefined), '');
  const [unanswered, setUnanswered] = useState<Change>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const lastChange = useRef(0);
  const send = async (part: Change, turn: number): Promise<void> => {
    try {
      replace(await callMain('settings.update', part));
    } catch (error) {
      setRefusal(messageOf(error));
    }
    if (turn === lastChange.current) setUnanswered({});
  };
  const change: SettingProps['onChange'] = (part) => {
    setRefusal(null);
    setUnanswered((before) => ({ ...before, ...part }));
    void send(part, (lastChange.current += 1));
  };
  return { settings: value && withChanges(value, unanswered), problem, refusal, change, forgetRefusal: () => setRefusal(null) };
}

function withChanges(settings: Settings, change: Change): Settings {
  const chosen = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(chosen) };
}
