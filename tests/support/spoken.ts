import type { Page } from '@playwright/test';

/** One thing that a screen reader stops at, in the order in which it reads. */
export interface Spoken {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  /** Of a heading. */
  readonly level: number | null;
  /** What is said in place of the figure of a bar or a slider. */
  readonly valueText: string;
  /** Roles around it, the nearest last. */
  readonly within: readonly string[];
  /** Names of what is around it and has one, the nearest last. */
  readonly places: readonly string[];
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
    return root === undefined ? [] : read(root, byId, { within: [], places: [] });
  } finally {
    await session.detach();
  }
}

function read(node: Node, byId: ReadonlyMap<string, Node>, around: Pick<Spoken, 'within' | 'places'>): Spoken[] {
  const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? []);
  if (node.ignored) return children.flatMap((child) => read(child, byId, around));
  const spoken = spokenOf(node, around);
  const { role, name } = spoken;
  const inside = { within: [...around.within, role], places: name === '' ? around.places : [...around.places, `${role} « ${name} »`] };
  return [spoken, ...children.flatMap((child) => read(child, byId, inside))];
}

function spokenOf(node: Node, around: Pick<Spoken, 'within' | 'places'>): Spoken {
  const property = (name: string): unknown => node.properties?.find((one) => one.name === name)?.value.value;
  const [level, valueText] = [property('level'), property('valuetext')];
  return {
    role: node.role?.value ?? '',
    name: node.name?.value ?? '',
    description: node.description?.value ?? '',
    level: typeof level === 'number' ? level : null,
    valueText: typeof valueText === 'string' ? valueText : '',
    ...around,
  };
}
