import type { BatchWait } from './batch';

/** Maintenances and rests are told in the service's time, wherever this workstation is. */
const timeFormat = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' });

/** One sentence on what a run waits for; null when its calls leave. */
export function waitSentence(waits: readonly BatchWait[]): string | null {
  const parts = waits.map(({ provider, reason, until }) => {
    const time = timeFormat.format(new Date(until));
    return reason === 'maintenance' ? `${provider} est en maintenance jusqu’à ${time}` : `${provider} ne répond pas, prochain essai à ${time}`;
  });
  return parts.length === 0 ? null : `En attente\u00a0: ${parts.join('\u00a0; ')}.`;
}
