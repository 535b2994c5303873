import { RIGHTS, type Role, roleLabels, ROLES, type Right, rightsOfRole } from '../../../shared/domain/rights';
import { type ChannelName, channels } from '../../../shared/ipc';

const meanings: Readonly<Record<Right, string>> = {
  'dossiers.read': 'see the dossiers of the habilitations he belongs to, and what they hold',
  'dossiers.write': 'create and change those dossiers',
  'dossiers.manage': 'see every dossier of the workstation',
  consult: 'call API Entreprise and the open company search',
  'documents.read': 'open, save and print the documents of those dossiers',
  'batches.run': 'run lots of calls',
  'journal.own': 'search and export his own lines of the journal',
  'journal.all': 'search, verify and export every line',
  'journal.keep': 'back the journal up, have it timestamped, write its entry in the register of processing',
  'habilitations.read': 'see the habilitations he belongs to and their quotas',
  'habilitations.manage': 'see every habilitation; declare them, their tokens and their agents',
  'agents.manage': 'create, suspend, promote accounts; reset passwords',
  'settings.manage': 'change the settings that hold for the whole workstation',
  'diagnostics.read': 'see the diagnostics',
};

/** The whole of `docs/rights.md`, from the code that enforces it. */
export function rightsDocument(): string {
  return [
    '# Who may do what',
    '',
    'Main enforces this in one place (`electron/dispatch.ts`), for every channel, before the handler runs. A handler may',
    'refuse more (an agent sees only the dossiers of his habilitations), never less. A unit test rebuilds this page from',
    '`shared/domain/rights.ts` and from the `access` of every channel in `shared/ipc.ts`, and fails when they differ: read',
    'the difference, and if it is meant, run `npx vitest run --project unit tests/unit/rights -u`.',
    '',
    '`service` is the account of lots that run without a window: it never signs in on screen.',
    '',
    '## Rights of each role',
    '',
    ...table(
      ['right', 'meaning', ...ROLES.map((role) => roleLabels[role])],
      RIGHTS.map((right) => [`\`${right}\``, meanings[right], ...ROLES.map((role) => mark(rightsOfRole[role].has(right)))]),
    ),
    '',
    '## Channels',
    '',
    '`public`: before sign-in too. `signed-in`: any role.',
    '',
    ...table(['channel', 'demands', ...ROLES.map((role) => roleLabels[role])], (Object.keys(channels) as ChannelName[]).sort().map(channelRow)),
    '',
  ].join('\n');
}

/** Whether the role, once signed in, may use the channel. */
export function mayUse(role: Role, name: ChannelName): boolean {
  const { access } = channels[name];
  return access === 'public' || access === 'signed-in' || rightsOfRole[role].has(access);
}

function channelRow(name: ChannelName): string[] {
  return [`\`${name}\``, `\`${channels[name].access}\``, ...ROLES.map((role) => mark(mayUse(role, name)))];
}

function mark(isAllowed: boolean): string {
  return isAllowed ? 'yes' : '—';
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}
