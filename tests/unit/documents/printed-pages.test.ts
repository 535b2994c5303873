import { expect, it } from 'vitest';

import { arePages, printedPagesText } from '../../../shared/domain/printed-pages';

it.each([
  [{ from: 1, to: 1, total: 1 }, 'sa seule page'],
  [{ from: 1, to: 12, total: 12 }, 'toutes ses pages (12)'],
  [{ from: 3, to: 3, total: 12 }, 'page 3 sur 12'],
  [{ from: 151, to: 170, total: 170 }, 'pages 151 à 170 sur 170'],
])('says which pages are printed', (pages, text) => {
  expect(arePages(pages)).toBe(true);
  expect(printedPagesText(pages)).toBe(text);
});

it.each([
  { from: 4, to: 3, total: 12 },
  { from: 3, to: 13, total: 12 },
  { from: 0, to: 3, total: 12 },
])('refuses pages that a document has not', (pages) => {
  expect(arePages(pages)).toBe(false);
});
