import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const pages = ['README.md', 'SECURITY.md', ...listed('docs', /\.md$/)];
const sources = ['.ci', 'docs', 'electron', 'packaging', 'renderer', 'scripts', 'shared', 'tests'].flatMap((folder) => listed(folder, /./));
const files = [...readdirSync(root), ...sources];
/** What a run leaves, told in words and not in the repository. */
const made = /^(demo-output|dist|release|node_modules|tests\/bench\/results)\b/;
const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

function listed(folder: string, name: RegExp): string[] {
  if (!existsSync(join(root, folder))) return [];
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  return paths.filter((path) => name.test(path) && statSync(join(root, path)).isFile());
}

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function quoted(page: string): string[] {
  const prose = textOf(page).replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
}

/** Of ours: a file of code, or a folder that begins where our folders do; « <feature> » and « * » stand for any name. */
function isOurPath(text: string): boolean {
  if (/[\s:{}()'"«»…~$%\\]|^\/|^\.\.?\//.test(text)) return false;
  return /^(\.ci|docs|electron|packaging|renderer|scripts|shared|tests)\//.test(text) || /\.(tsx?|mjs|cjs)$/.test(text);
}

function exists(path: string): boolean {
  const pattern = path.replace(/\/$/, '').replace(/[.+?^|[\]]/g, '\\$&').replace(/<[^>]+>|\*/g, '[^/]+');
  const place = new RegExp(`(^|/)${pattern}(/|$)`);
  return made.test(path) || files.some((file) => place.test(file));
}

describe.each(pages)('%s', (page) => {
  it('names files and folders that exist', () => {
    expect(quoted(page).filter((text) => isOurPath(text) && !exists(text))).toEqual([]);
  });

  it('names commands that exist', () => {
    const text = textOf(page);
    const run = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name).filter((name) => !Object.hasOwn(scripts, name));
    const node = [...text.matchAll(/node (scripts\/[\w./-]+)/g)].map(([, path = '']) => path).filter((path) => !exists(path));
    expect([...run, ...node]).toEqual([]);
  });

  it('links to pages and pictures that exist', () => {
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link.replace(/#.*$/, '')).filter((link) => link !== '' && !/^\w+:/.test(link));
    expect(links.filter((link) => !existsSync(resolve(root, dirname(page), decodeURI(link))))).toEqual([]);
  });
});

describe('what is written for whoever changes the code', () => {
  const code = sources.filter((path) => /\.(tsx?|mjs|cjs|json|yml|xml|nsh)$/.test(path)).concat('package.json', 'electron-builder.yml').map(textOf).join('\n');
  const words = new Set(code.match(/[\w$]+/g));
  /** Claims and classes of others, named to say that they are not used or where they come from. */
  const foreign = new Set(['auth_time', 'ProxyAgent']);

  it.each(pages.filter((page) => /^README\.md$|^docs\/(architecture|dependencies|journal-format)\.md$|^docs\/decisions\//.test(page)))('%s names what the code names', (page) => {
    const names = quoted(page).filter((text) => /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*(\(\))?$/.test(text) && /[a-z][A-Z]|_/.test(text));
    const unknown = names.filter((name) => !foreign.has(name) && name.replace('()', '').split('.').some((part) => !words.has(part)));
    expect(unknown).toEqual([]);
  });

  it('README names every benchmark', () => {
    const names = sources.flatMap((path) => /^tests\/bench\/([\w-]+)\.bench\.ts$/.exec(path)?.[1] ?? []);
    expect(names.filter((name) => !quoted('README.md').includes(name))).toEqual([]);
  });
});
