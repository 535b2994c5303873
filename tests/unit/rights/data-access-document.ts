import { dataGiven } from '../../../electron/data-given';
import { type ChannelName, channels } from '../../../shared/ipc';

/** The whole of `docs/data-access.md`, from the table that the code enforces. */
export function dataAccessDocument(): string {
  const names = (Object.keys(channels) as ChannelName[]).sort();
  return [
    '# What each channel gives of companies, and its trace',
    '',
    'No durable trace, no data on screen. Every channel is classified in `electron/data-given.ts`: one that is not does not',
    'compile. A unit test rebuilds this page from it, and an integration test asks each channel that gives data on the real',
    'composition and looks for its event in the journal (`npx vitest run --project unit tests/unit/rights -u` writes the page',
    'again). Why it is so, and what one access is: decision 12.',
    '',
    '- `data.read`: kept answers, or what was learnt from them. The door leaves the event before the answer leaves main.',
    '- another event: the handler leaves it first.',
    '- inventory: what the agent wrote or listed, and what is kept, under way or due (names, dates, states); no event.',
    '- open directory: the public register of companies, which anybody may read; no event.',
    '- `journal.read`: lines of other agents; one event a filter. An agent who reads his own lines leaves none.',
    '- nothing: no word of a company.',
    '',
    '| channel | gives |',
    '| --- | --- |',
    ...names.map((name) => `| \`${name}\` | ${givenBy(name)} |`),
    '',
  ].join('\n');
}

const words = { nothing: '—', inventory: 'inventory', open: 'open directory' } as const;

function givenBy(name: ChannelName): string {
  const given = dataGiven[name];
  if (given.kind === 'reading') return '**`data.read`**';
  if (given.kind === 'journalled') return `\`${given.event}\``;
  return words[given.kind];
}
