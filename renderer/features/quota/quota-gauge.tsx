import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

import { navigate } from '../../app/navigation';
import { type QuotaSnapshot, type QuotaWindow, useQuota } from './use-quota';

/** One line of the status bar: the fullest window, or why nothing leaves. */
export function QuotaGauge(): ReactNode {
  const { quota } = useQuota();
  if (quota === null) return null;
  const fullest = fullestOf(quota.windows);
  const share = fullest ? fullest.used / fullest.limit : 0;
  return (
    <UnstyledButton
      onClick={() => navigate({ name: 'quota' })}
      style={{ display: 'flex', alignItems: 'center', gap: 10, fontSize: 'inherit', color: 'inherit' }}
      aria-label={`Quota : ${sentenceOf(quota, fullest)}`}
    >
      <span className="gauge" aria-hidden data-tone={quota.ban ? 'error' : share > 0.8 ? 'warning' : 'calm'}>
        <span style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span>{sentenceOf(quota, fullest)}</span>
    </UnstyledButton>
  );
}

function fullestOf(windows: readonly QuotaWindow[]): QuotaWindow | undefined {
  return [...windows].sort((left, right) => right.used / right.limit - left.used / left.limit)[0];
}

function sentenceOf({ ban, breakers }: QuotaSnapshot, fullest: QuotaWindow | undefined): string {
  if (ban) return `Appels suspendus jusqu’à ${new Date(ban.until).toLocaleTimeString('fr-FR', { timeStyle: 'short' })}`;
  const down = breakers.filter(({ state }) => state === 'open').length;
  const providers = down === 0 ? '' : ` · ${down} fournisseur${down > 1 ? 's' : ''} en panne`;
  if (!fullest) return `Aucun appel dans la minute${providers}`;
  return `${fullest.used} appel${fullest.used > 1 ? 's' : ''} sur ${fullest.limit} dans la minute${providers}`;
}
