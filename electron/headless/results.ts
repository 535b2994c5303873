import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

import type { Batch } from '../../shared/domain/batch';
import type { Ask } from './ask';

const ITEMS_AT_ONCE = 25;

/**
 * One JSON object a call, with its source and date: what became of it, and its data when there are some. Written page
 * by page under a temporary name, so that whoever waits for the file never reads half of it. Returns its path.
 */
export async function writeResults(ask: Ask, batch: Batch, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'resultats.jsonl');
  const stream = createWriteStream(`${path}.partiel`, { mode: 0o600 });
  for (let offset = 0; ; offset += ITEMS_AT_ONCE) {
    const { results, total } = await ask('batches.results', { id: batch.id, offset, limit: ITEMS_AT_ONCE });
    for (const { item, answer } of results) {
      const source = answer && { provider: answer.provider, receivedAt: answer.receivedAt, requestId: answer.requestId, data: answer.data };
      if (!stream.write(`${JSON.stringify({ ...item, ...source })}\n`)) await once(stream, 'drain');
    }
    if (offset + ITEMS_AT_ONCE >= total) break;
  }
  stream.end();
  await finished(stream);
  await rename(`${path}.partiel`, path);
  return path;
}
