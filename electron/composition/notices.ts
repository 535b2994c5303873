import type { ChannelOutput } from '../../shared/ipc';
import type { CallStop, CallStopReason } from '../consultation/ports';
import type { Host } from '../host';
import type { FileState } from '../journal';
import { dataKeySentence } from '../data-key-words';
import type { KeyRing } from '../storage/key-ring';
import type { FirstStores } from './first-stores';
import type { Stores } from './stores';

/** A sentence shown on every screen. */
type Notice = ChannelOutput<'session.start'>['notices'][number];

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
  const notices = [...keyNotices(keyRing), ...journal.callStops().map(stopNotice), ...seenBreakNotices(journal.fileState)];
  if (replacedJournalKeptAt) {
    notices.push({ id: 'journal-restored', tone: 'info', message: `L’historique a été restauré depuis une sauvegarde. Le précédent est gardé sous ${replacedJournalKeptAt} : conservez-le jusqu’à la fin de sa durée de conservation.` });
  }
  journal.openingNotices.forEach((message, index) => notices.push({ id: `journal-opening-${index}`, tone: 'error', message }));
  if (vault.kind === 'unprotected') {
    notices.push({ id: 'no-keychain', tone: 'warning', message: 'Aucun trousseau système sur ce poste : seul le bac à sable est utilisable, aucun jeton réel ne peut être enregistré.' });
  }
  return notices;
}

/** In the words of the refusal itself. */
function stopNotice({ reason, message, advice, seq }: CallStop): Notice {
  return { id: `calls-stopped-${reason}`, tone: 'error', message: `${message} ${advice}`, ...actionOn(reason, seq) };
}

function actionOn(reason: CallStopReason, seq: number | undefined): Pick<Notice, 'action'> {
  if (reason === 'clock') return { action: { kind: 'check_clock' } };
  return seq === undefined ? {} : { action: { kind: 'verify_journal', fromSeq: seq } };
}

/** Somebody who answers for the journal has seen it for himself, and that is traced: it can be put away. */
function seenBreakNotices(state: FileState): Notice[] {
  if (state.kind !== 'broken' || state.told !== 'to_keeper') return [];
  return [{ id: 'journal-broken-seen', tone: 'warning', message: `L’historique a été modifié ou abîmé à la ligne ${state.found.seq} : une vérification l’a constaté, et l’historique le garde. Les appels partent de nouveau.` }];
}

/** Until the key is back, or a new one takes over. */
function keyNotices(keyRing: KeyRing): Notice[] {
  const reason = keyRing.problem();
  return reason === null ? [] : [{ id: 'data-key', tone: 'error', message: dataKeySentence({ reason }) }];
}
