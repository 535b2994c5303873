import { beforeEach, expect, test } from 'vitest';

import { forgetDraft, keepDraft, keepTypedSince, type PieceDraft, usePieceDrafts } from '../../../renderer/features/dossiers/piece-drafts-store';

type PieceList = Parameters<typeof keepDraft>[0];

const before: PieceList = { procedure: 'marches_attribution', soonDays: 30, pieces: [] };
const saved: PieceList = { ...before, soonDays: 45 };

const drafted = (): PieceDraft | undefined => usePieceDrafts.getState().marches_attribution;

function draftOf(soonDays: number): PieceDraft {
  keepDraft(before, { pieces: [], soonDays });
  const draft = drafted();
  if (!draft) throw new Error('nothing is drafted');
  return draft;
}

beforeEach(() => forgetDraft('marches_attribution'));

test('a draft that is saved is a draft no more', () => {
  keepTypedSince(draftOf(45), before, saved);
  expect(drafted()).toBeUndefined();
});

test('what is typed while the list is being saved stays, and is compared to the list as it then is', () => {
  const sent = draftOf(45);
  draftOf(60);
  keepTypedSince(sent, before, saved);
  expect(drafted()?.soonDays).toBe(60);
});

test('going back to what stood before, while the change is being saved, is a change of the saved list', () => {
  const sent = draftOf(45);
  keepDraft(before, { pieces: [], soonDays: 30 });
  expect(drafted()).toBeUndefined();
  keepTypedSince(sent, before, saved);
  expect(drafted()?.soonDays).toBe(30);
});
