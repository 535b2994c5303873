import type { BatchWait } from './batch';

/** Maintenances and rests are told in the service's time, wherever this workstation is. */
const timeFormat = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' });

const dayAndTimeFormat = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' });

/** Why a run is paused, and when it goes on by itself. */
export function pauseSentence(message: string | null, resumesAt: string | null): string | null {
  if (resumesAt === null) return message;
  const [day, time] = dayAndTimeFormat.format(new Date(resumesAt)).split(' ');
  return `${message ?? ''} Reprise prévue le ${day} à ${time}.`.trim();
}

const sentences: Readonly<Record<BatchWait['reason'], (provider: string, time: string) => string>> = {
  maintenance: (provider, time) => `${provider} est en maintenance jusqu’à ${time}`,
  rest: (provider, time) => `${provider} ne répond pas, prochain essai à ${time}`,
  quota: (provider, time) => `${provider}, quota épuisé jusqu’à ${time}`,
};

/** One sentence on what a run waits for; null when its calls leave. */
export function waitSentence(waits: readonly BatchWait[]): string | null {
  const parts = waits.map(({ provider, reason, until }) => sentences[reason](provider, timeFormat.format(new Date(until))));
  return parts.length === 0 ? null : `En attente\u00a0: ${parts.join('\u00a0; ')}.`;
}
