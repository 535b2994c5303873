import type { Spoken } from './spoken';

const CONTROLS: ReadonlySet<string> = new Set(['button', 'checkbox', 'combobox', 'link', 'menuitem', 'option', 'radio', 'searchbox', 'slider', 'spinbutton', 'switch', 'tab', 'textbox', 'DisclosureTriangle', 'Date']);
const LANDMARKS: ReadonlySet<string> = new Set(['banner', 'complementary', 'contentinfo', 'form', 'main', 'navigation', 'region', 'search']);
/** What is drawn within a control is told by the control's own name (ARIA, « children presentational »). */
const NAMED: ReadonlySet<string> = new Set(['dialog', 'alertdialog', 'img', 'image', 'meter', 'progressbar', 'table', 'grid', 'tablist', 'toolbar', 'radiogroup', 'listbox', 'menu', 'form', 'region']);
/** Words of the tools that the screens are made of. */
const ENGLISH = /\b(?:close|open|clear|next|previous|loading|search|select|toggle|month|year|menu bar|remove|submit|cancel|untitled|undefined|null|object Object|NaN)\b/i;
/** What opens over the screen, and has headings of its own. */
const OVER: ReadonlySet<string> = new Set(['dialog', 'alertdialog', 'menu', 'listbox']);

/** Same words, same place to go: whichever of the two is heard, nothing is mistaken. */
const NAMESAKES: Readonly<Record<string, string>> = {
  'button « Dossiers »': 'of the menu and of the trail above a sheet: both lead to the list of dossiers',
  'button « Nouveau lot »': 'of the head of the screen and of the empty list below it: both begin a batch',
  'button « Fermer »': 'of the corner and of the foot of one dialog: both close it',
};

/** What would be heard wrongly, one line each; empty when nothing is. */
export function spokenFaults(heard: readonly Spoken[]): readonly string[] {
  const needsName = ({ role, within }: Spoken): boolean => CONTROLS.has(role) || (NAMED.has(role) && !within.some((around) => CONTROLS.has(around)));
  const unnamed = heard.filter((one) => needsName(one) && one.name.trim() === '').map((one) => `without a name: ${shown(one)}`);
  const english = heard.filter(({ name, description, role, valueText }) => (role !== 'RootWebArea' && ENGLISH.test(`${name} ${description}`)) || /\d\.\d/.test(valueText)).map((one) => `in English: ${shown(one)} ${one.valueText}`);
  return [...unnamed, ...english, ...repetitions(heard), ...lengths(heard), ...namesakes(heard), ...headingFaults(heard), ...landmarkFaults(heard), ...tableFaults(heard)];
}

/** What opened last over the screen, and what it holds: all that is heard as long as it stands there. */
export function spokenOver(heard: readonly Spoken[]): readonly Spoken[] {
  const start = heard.findLastIndex(({ role, within }) => OVER.has(role) && !within.some((around) => CONTROLS.has(around) || OVER.has(around)));
  const over = heard[start];
  return over === undefined ? [] : [over, ...insideOf(heard, start)];
}

/** Two breaths of a voice: a longer description is a text to be read, not to be listened to. */
const LONGEST_DESCRIPTION = 420;

function shown({ role, name, within }: Spoken): string {
  return `${within.slice(-2).join(' › ')} › ${role} « ${name.slice(0, 60)} »`;
}

function insideOf(heard: readonly Spoken[], index: number): readonly Spoken[] {
  const depth = heard[index]?.within.length ?? 0;
  const after = heard.slice(index + 1);
  const end = after.findIndex(({ within }) => within.length <= depth);
  return end === -1 ? after : after.slice(0, end);
}

function lengths(heard: readonly Spoken[]): readonly string[] {
  return heard.filter(({ description }) => description.length > LONGEST_DESCRIPTION).map((one) => `described at length: ${shown(one)}`);
}

/** A description that is the name, or the content, over again. */
function repetitions(heard: readonly Spoken[]): readonly string[] {
  const words = (text: string): string => text.replaceAll(/\s/g, '');
  const isSaid = ({ role, name, description }: Spoken, index: number): boolean => {
    if (description.trim() === '') return false;
    // What a dialog asks is said as it opens, when the focus is on a button already.
    if (role === 'dialog') return words(description) === words(name);
    const content = insideOf(heard, index).filter(({ role }) => role === 'StaticText').map((one) => one.name).join('');
    return words(description) === words(name) || words(content).includes(words(description));
  };
  return heard.filter(isSaid).map((one) => `said twice: ${shown(one)}`);
}

/** Heard out of its place, in a list of buttons or of links, a name must tell which; a field is heard with the group that it is in. */
function namesakes(heard: readonly Spoken[]): readonly string[] {
  const keys = heard.filter(({ role, name }) => CONTROLS.has(role) && name !== '').map(({ role, name, places }) => {
    const own = `${role} « ${name} »`;
    return role === 'button' || role === 'link' ? own : `${own} in ${places.at(-1) ?? ''}`;
  });
  const again = keys.filter((key, index) => keys.indexOf(key) !== index && !Object.hasOwn(NAMESAKES, key));
  return [...new Set(again)].map((key) => `${again.filter((one) => one === key).length + 1} of one name: ${key}`);
}

function headingFaults(heard: readonly Spoken[]): readonly string[] {
  const headings = heard.filter(({ role }) => role === 'heading');
  const isOver = heard[0] !== undefined && OVER.has(heard[0].role);
  const tops = headings.filter(({ level }) => level === 1).length;
  const jumps = headings.filter(({ level }, index) => (level ?? 0) > (headings[index - 1]?.level ?? (isOver ? 2 : 1)) + 1);
  return [...(isOver || tops === 1 ? [] : [`${tops} headings of level 1`]), ...jumps.map(({ name, level }) => `a heading jumps to level ${level}: « ${name} »`), ...headings.filter(({ name }) => name.trim() === '').map(() => 'a heading without words')];
}

function landmarkFaults(heard: readonly Spoken[]): readonly string[] {
  const landmarks = heard.filter(({ role }) => LANDMARKS.has(role)).map(({ role, name }) => `${role} « ${name} »`);
  return [...new Set(landmarks.filter((one, index) => landmarks.indexOf(one) !== index))].map((one) => `two landmarks of one name: ${one}`);
}

/** A cell is heard with its column: without headers it is a figure and nothing more. */
function tableFaults(heard: readonly Spoken[]): readonly string[] {
  return heard.flatMap(({ role, name }, index) => {
    if (role !== 'table' && role !== 'grid') return [];
    return insideOf(heard, index).some((one) => one.role === 'columnheader' || one.role === 'rowheader') ? [] : [`a table without headers: « ${name} »`];
  });
}
