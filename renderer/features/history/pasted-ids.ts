/** The form of the service's own ids; wherever one stands in a pasted text, it is one. */
const UUID = /(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/gi;
const BETWEEN_IDS = /[\s,;"'«»“”()[\]{}<>|]+/;
/** What may be an id, mistyped or cut: letters and figures together, as no word, date or SIRET has them. */
const ID_LIKE = /^(?=.*\d)(?=.*[a-z])[\w-]{6,64}$/i;

export interface PastedIds {
  /** Each once, in the order of the text. */
  readonly ids: readonly string[];
  /** Lines in which no id was seen: headings, or the rest of a log. */
  readonly lineCountAside: number;
}

/**
 * Ids among what was pasted: a list in any form, or an excerpt of a log or of a message, from which the ids alone are taken. In a
 * list, one that is mistyped is kept: the answer must say that it is unknown.
 */
export function readPastedIds(text: string): PastedIds {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const found = lines.map(idsOf);
  return { ids: [...new Set(found.flat())], lineCountAside: found.filter((ids) => ids.length === 0).length };
}

function idsOf(line: string): readonly string[] {
  const uuids = (line.match(UUID) ?? []).map((id) => id.toLowerCase());
  const words = line.replace(UUID, ' ').split(BETWEEN_IDS).filter((word) => word !== '');
  return words.every((word) => ID_LIKE.test(word)) ? [...uuids, ...words] : uuids;
}
