import { parseArgs } from 'node:util';

import { BATCH_SPEEDS, type BatchSpeed, type OffPeakHours } from '../../shared/domain/batch';
import { type Checked, invalid, valid } from '../../shared/domain/checked';

/** What `instruire --lot FILE …` was asked. */
export interface HeadlessOptions {
  readonly file: string;
  readonly dossierId: string;
  readonly outputFolder: string;
  readonly login: string;
  /** Where the account's secret is read: a file, `-` for the standard input, null for the keychain. Never the command line. */
  readonly secretFrom: string | null;
  /** Keeps the secret in the keychain once it has opened a session. */
  readonly keepsSecret: boolean;
  /** `indispensables`: what the dossier's purpose cannot do without; else identifiers of the catalogue. */
  readonly set: 'indispensables' | readonly string[];
  readonly withDocuments: boolean;
  readonly hours: OffPeakHours | null;
  readonly speed: BatchSpeed;
}

const known = {
  lot: { type: 'string' },
  dossier: { type: 'string' },
  sortie: { type: 'string' },
  compte: { type: 'string' },
  secret: { type: 'string' },
  'garder-secret': { type: 'boolean' },
  jeu: { type: 'string' },
  documents: { type: 'boolean' },
  heures: { type: 'string' },
  vitesse: { type: 'string' },
} as const;

export function isHeadless(argv: readonly string[]): boolean {
  return argv.some((argument) => argument === '--lot' || argument.startsWith('--lot='));
}

/** Switches of Chromium stand beside ours and are left alone. */
export function readOptions(argv: readonly string[]): Checked<HeadlessOptions> {
  const { values } = parseArgs({ args: [...argv], options: known, strict: false, allowPositionals: true });
  const text = (name: keyof typeof known): string | null => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : null);
  for (const name of ['lot', 'dossier', 'sortie', 'compte'] as const) if (text(name) === null) return invalid(`Il manque --${name}. ${USAGE}`);
  const hours = readHours(text('heures'));
  if (!hours.ok) return hours;
  const speed = BATCH_SPEEDS.find((one) => String(one) === (text('vitesse') ?? '100'));
  if (speed === undefined) return invalid(`--vitesse accepte ${BATCH_SPEEDS.join(', ')} (part du quota, en pour cent).`);
  const set = text('jeu') ?? 'indispensables';
  return valid({
    file: text('lot') ?? '',
    dossierId: text('dossier') ?? '',
    outputFolder: text('sortie') ?? '',
    login: text('compte') ?? '',
    secretFrom: text('secret'),
    keepsSecret: values['garder-secret'] === true,
    set: set === 'indispensables' ? set : set.split(','),
    withDocuments: values.documents === true,
    hours: hours.value,
    speed,
  });
}

const USAGE = 'Usage : instruire --lot FICHIER --dossier IDENTIFIANT --sortie DOSSIER --compte COMPTE [--secret FICHIER|-] [--jeu indispensables|donnée,donnée…] [--documents] [--heures 19:00-07:00] [--vitesse 100].';

function readHours(text: string | null): Checked<OffPeakHours | null> {
  if (text === null) return valid(null);
  const [, from, to] = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text) ?? [];
  return from && to ? valid({ from, to, weekends: true }) : invalid('--heures s’écrit comme 19:00-07:00 ; les week-ends sont compris.');
}
