import type { Page } from '@playwright/test';

/** One thing that a screen reader stops at, in the order in which it reads. */
export interface Spoken {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  /** Of a heading. */
  readonly level: number | null;
  /** Roles around it, the nearest last. */
  readonly within: readonly string[];
}

interface Node {
  readonly nodeId: string;
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly description?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
  readonly childIds?: readonly string[];
}

/** What Chromium gives to the screen readers of each system, read whole. */
export async function spokenOn(window: Page): Promise<readonly Spoken[]> {
  const session = await window.context().newCDPSession(window);
  try {
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { readonly nodes: readonly Node[] };
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const [root] = nodes;
    return root === undefined ? [] : read(root, byId, []);
  } finally {
    await session.detach();
  }
}

function read(node: Node, byId: ReadonlyMap<string, Node>, within: readonly string[]): Spoken[] {
  const role = node.role?.value ?? '';
  const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? []);
  if (node.ignored) return children.flatMap((child) => read(child, byId, within));
  const property = (name: string): unknown => node.properties?.find((one) => one.name === name)?.value.value;
  const level = property('level');
  const spoken = { role, name: node.name?.value ?? '', description: node.description?.value ?? '', level: typeof level === 'number' ? level : null, within };
  return [spoken, ...children.flatMap((child) => read(child, byId, [...within, role]))];
}

const CONTROLS: ReadonlySet<string> = new Set(['button', 'checkbox', 'combobox', 'link', 'menuitem', 'option', 'radio', 'searchbox', 'slider', 'spinbutton', 'switch', 'tab', 'textbox', 'DisclosureTriangle', 'Date']);
const LANDMARKS: ReadonlySet<string> = new Set(['banner', 'complementary', 'contentinfo', 'form', 'main', 'navigation', 'region', 'search']);
/** What is drawn within a control is told by the control's own name (ARIA, « children presentational »). */
const NAMED: ReadonlySet<string> = new Set(['dialog', 'img', 'image', 'meter', 'progressbar', 'table', 'grid', 'tablist', 'toolbar', 'radiogroup', 'listbox', 'menu', 'form', 'region']);
/** Words of the tools that the screens are made of. */
const ENGLISH = /\b(?:close|open|clear|next|previous|loading|search|select|toggle|month|year|page|menu bar|remove|submit|cancel|untitled|undefined|null|object Object|NaN)\b/i;

/** What would be heard wrongly, one line each; empty when nothing is. */
export function spokenFaults(heard: readonly Spoken[]): readonly string[] {
  const shown = ({ role, name, within }: Spoken): string => `${within.slice(-2).join(' › ')} › ${role} « ${name.slice(0, 60)} »`;
  const needsName = ({ role, within }: Spoken): boolean => CONTROLS.has(role) || (NAMED.has(role) && !within.some((around) => CONTROLS.has(around)));
  const unnamed = heard.filter((one) => needsName(one) && one.name.trim() === '').map((one) => `without a name: ${shown(one)}`);
  const english = heard.filter(({ name, description, role }) => role !== 'RootWebArea' && ENGLISH.test(`${name} ${description}`)).map((one) => `in English: ${shown(one)}`);
  const twice = heard.filter(({ role, name, description }) => CONTROLS.has(role) && description !== '' && description.trim() === name.trim()).map((one) => `said twice: ${shown(one)}`);
  return [...unnamed, ...english, ...twice, ...headingFaults(heard), ...landmarkFaults(heard), ...tableFaults(heard)];
}

function headingFaults(heard: readonly Spoken[]): readonly string[] {
  // What opens over a screen has headings of its own.
  const headings = heard.filter(({ role, within }) => role === 'heading' && !within.includes('dialog'));
  const tops = headings.filter(({ level }) => level === 1).length;
  const jumps = headings.filter(({ level }, index) => (level ?? 0) > (headings[index - 1]?.level ?? 1) + 1);
  return [...(tops === 1 ? [] : [`${tops} headings of level 1`]), ...jumps.map(({ name, level }) => `a heading jumps to level ${level}: « ${name} »`), ...headings.filter(({ name }) => name.trim() === '').map(() => 'a heading without words')];
}

function landmarkFaults(heard: readonly Spoken[]): readonly string[] {
  const landmarks = heard.filter(({ role }) => LANDMARKS.has(role)).map(({ role, name }) => `${role} « ${name} »`);
  return [...new Set(landmarks.filter((one, index) => landmarks.indexOf(one) !== index))].map((one) => `two landmarks of one name: ${one}`);
}

/** A cell is heard with its column: without headers it is a figure and nothing more. */
function tableFaults(heard: readonly Spoken[]): readonly string[] {
  const starts = heard.flatMap(({ role }, index) => (role === 'table' || role === 'grid' ? [index] : []));
  return starts.flatMap((start) => {
    const table = heard[start];
    const depth = table?.within.length ?? 0;
    const after = heard.slice(start + 1);
    const end = after.findIndex(({ within }) => within.length <= depth);
    const inside = end === -1 ? after : after.slice(0, end);
    return inside.some(({ role }) => role === 'columnheader' || role === 'rowheader') ? [] : [`a table without headers: « ${table?.name ?? ''} »`];
  });
}
