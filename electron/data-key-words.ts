import type { DataKeyUnavailableError } from './storage/data-key';

/** What the agent is told, and what he can do, when the key of the data is not at hand. */
export function dataKeySentence({ reason }: Pick<DataKeyUnavailableError, 'reason'>): string {
  const cause =
    reason === 'missing'
      ? 'La clé qui protège les réponses et les documents de ce poste n’est plus là.'
      : 'Le trousseau du système n’ouvre pas la clé qui protège les réponses et les documents de ce poste.';
  return `${cause} Rien n’est effacé : les documents restent listés, mais fermés. Demandez à votre service informatique de remettre le fichier « data.key » sauvegardé ou le trousseau d’origine, puis relancez Instruire ; sinon, un responsable peut repartir avec une nouvelle clé dans « Réglages ».`;
}
