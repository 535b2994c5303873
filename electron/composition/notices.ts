import { instantText } from '../files/instant-text';
import type { Host } from '../host';
import type { BrokenState, FileState } from '../journal';
import { dataKeySentence } from '../data-key-words';
import type { KeyRing } from '../storage/key-ring';
import type { FirstStores } from './first-stores';
import type { Stores } from './stores';

/** A sentence shown on every screen. */
export interface Notice {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** What whoever works on this workstation must know before he starts, as far as the first stores tell. */
export function firstNotices(host: Host, { damagedFileKeptAt }: FirstStores): Notice[] {
  const notices: Notice[] = [];
  if (damagedFileKeptAt) {
    notices.push({ id: 'damaged-database', tone: 'error', message: `Le fichier des dossiers était endommagé : il a été mis de côté sous ${damagedFileKeptAt}. Prévenez votre service informatique avant de continuer.` });
  }
  if (host.electronVersion !== null && Number.parseInt(host.electronVersion, 10) < 30) {
    notices.push({ id: 'fallback-runtime', tone: 'info', message: 'Environnement d’exécution de secours : réservé à la découverte et aux essais, sans jeton réel ni production.' });
  }
  return notices;
}

/** What the journal, the keychain and the key of the data have to say beside. */
export function storeNotices({ vault, keyRing, replacedJournalKeptAt, journal }: Stores): Notice[] {
  const notices = [...keyNotices(keyRing), ...journalFileNotices(journal.fileState), ...clockNotices(journal.clockSetBackFrom)];
  if (replacedJournalKeptAt) {
    notices.push({ id: 'journal-restored', tone: 'info', message: `L’historique a été restauré depuis une sauvegarde. Le précédent est gardé sous ${replacedJournalKeptAt} : conservez-le jusqu’à la fin de sa durée de conservation.` });
  }
  journal.openingNotices.forEach((message, index) => notices.push({ id: `journal-opening-${index}`, tone: 'error', message }));
  if (vault.kind === 'unprotected') {
    notices.push({ id: 'no-keychain', tone: 'warning', message: 'Aucun trousseau système sur ce poste : seul le bac à sable est utilisable, aucun jeton réel ne peut être enregistré.' });
  }
  return notices;
}

/** What a reading of the whole journal has shown; empty while nothing is wrong. */
function journalFileNotices(state: FileState): Notice[] {
  if (state.kind === 'damaged') return [{ id: 'journal-damaged', tone: 'error', message: DAMAGED_JOURNAL }];
  if (state.kind === 'failing') return [{ id: 'journal-failing', tone: 'error', message: FAILING_DISK }];
  return state.kind === 'broken' ? [brokenNotice(state)] : [];
}

/** Stays until a responsable or an auditor has seen it for himself; that is traced. It can be put away from then on. */
function brokenNotice({ found, told }: BrokenState): Notice {
  const what = `L’historique a été modifié ou abîmé à la ligne ${found.seq}`;
  if (told === 'to_keeper') return { id: 'journal-broken-seen', tone: 'warning', message: `${what} : une vérification l’a constaté, et l’historique le garde. Ce qui suit est toujours écrit.` };
  return { id: 'journal-broken', tone: 'error', message: `${what} : ce qui suit est toujours écrit. Prévenez l’auditeur ou votre responsable : cet avis reste affiché jusqu’à ce que l’un d’eux l’ait constaté par « Vérifier », dans l’historique, à partir de cette ligne.` };
}

/** Traces keep their order whatever the clock says: calls go on, and whoever is there puts it right. */
function clockNotices(setBackFrom: number | null): Notice[] {
  if (setBackFrom === null) return [];
  const message = `L’horloge de ce poste a été reculée : la trace précédente est du ${instantText(setBackFrom)}. Vérifiez la date et l’heure du poste ; les traces gardent leur ordre, et l’historique dit ce recul.`;
  return [{ id: 'clock-set-back', tone: 'warning', message }];
}

const FAILING_DISK =
  'Le disque de ce poste ne lit ou n’écrit plus l’historique correctement : les appels sont suspendus, rien de ce qui peut encore être lu n’est perdu. Prévenez votre service informatique avant de continuer ; le disque une fois remplacé, la dernière sauvegarde peut être restaurée.';

const DAMAGED_JOURNAL =
  'Le fichier de l’historique est endommagé : les appels sont suspendus, rien de ce qui peut encore être lu n’est perdu. Prévenez votre responsable : il peut restaurer la dernière sauvegarde depuis l’historique.';

/** Until the key is back, or a new one takes over. */
function keyNotices(keyRing: KeyRing): Notice[] {
  const reason = keyRing.problem();
  return reason === null ? [] : [{ id: 'data-key', tone: 'error', message: dataKeySentence({ reason }) }];
}
