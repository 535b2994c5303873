import { isoDay } from '../../reading';
import { bodyRoot, expand, isPrimitive, valueAt } from '../../reading/pointer';
import { addDays, addMonths, earlierOf, endOfMonth, type IsoDay, laterOf, parisDay } from '../days';
import type { KnownAnswer, KnownDocument } from './known';
import type { EndRule } from './rules';

/** Last day on which a piece holds: null for ever, undefined when nothing says. */
export type LastDay = IsoDay | null | undefined;

/** Days that an answer gives at a path; those beside the document's own link first, when there are some. */
function daysAt(answer: KnownAnswer | undefined, path: string, documentPointer: string | undefined): readonly IsoDay[] {
  if (!answer) return [];
  const root = bodyRoot(answer);
  const pointers = expand(root, path);
  const beside = pointers.filter((pointer) => documentPointer !== undefined && parentOf(pointer) === parentOf(documentPointer));
  return (beside.length > 0 ? beside : pointers).flatMap((pointer) => {
    const value = valueAt(root, pointer);
    const day = isPrimitive(value) ? isoDay(value) : null;
    return day === null ? [] : [day];
  });
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function latest(days: readonly IsoDay[]): IsoDay | undefined {
  return days.length === 0 ? undefined : days.reduce(laterOf);
}

/** The day that a document bears; one after its fetching is a mistake, and the fetching counts. */
function dayOfDocument({ documentDate, fetchedAt }: KnownDocument): IsoDay {
  const fetched = parisDay(fetchedAt);
  return documentDate === null ? fetched : earlierOf(documentDate, fetched);
}

/** Last day of a stored document, with the answer that offered it when it is still kept. */
export function lastDayOfDocument(end: EndRule, document: KnownDocument, answer: KnownAnswer | undefined): LastDay {
  return lastDay(end, dayOfDocument(document), document.validUntil, (path) => daysAt(answer, path, document.pointer));
}

/** Last day of what an answer says by itself. */
export function lastDayOfAnswer(end: EndRule, answer: KnownAnswer): LastDay {
  return lastDay(end, parisDay(answer.receivedAt), null, (path) => daysAt(answer, path, undefined));
}

function lastDay(end: EndRule, bears: IsoDay, saysUntil: IsoDay | null, at: (path: string) => readonly IsoDay[]): LastDay {
  switch (end.rule) {
    case 'never':
      return null;
    case 'months':
      return saysUntil ?? (end.endAt === undefined ? undefined : latest(at(end.endAt))) ?? addMonths(bears, end.months);
    case 'next_month':
      return endOfMonth(addDays(latest(at(end.periodAt)) ?? lastDayOfPreviousMonth(bears), 1));
    case 'calendar_year':
      return `${bears.slice(0, 4)}-12-31`;
    case 'in_data':
      return saysUntil ?? latest(at(end.endAt));
  }
}

function lastDayOfPreviousMonth(day: IsoDay): IsoDay {
  return addDays(`${day.slice(0, 7)}-01`, -1);
}

/** Until when the same piece would hold if it were asked today; undefined when only its data will say. */
export function lastDayIfAskedOn(end: EndRule, today: IsoDay): LastDay {
  return end.rule === 'in_data' ? undefined : lastDay(end, today, null, () => []);
}
