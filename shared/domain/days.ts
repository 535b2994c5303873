import dayjs from 'dayjs';

/** A calendar day, `YYYY-MM-DD`; days compare as text. */
export type IsoDay = string;

const parisFormat = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit' });
const FORMAT = 'YYYY-MM-DD';

/** Day in France of an instant (milliseconds, or ISO 8601). */
export function parisDay(instant: number | string): IsoDay {
  return parisFormat.format(new Date(instant));
}

export function addDays(day: IsoDay, days: number): IsoDay {
  return dayjs(day).add(days, 'day').format(FORMAT);
}

/** The same day of another month, or its last day when it is shorter. */
export function addMonths(day: IsoDay, months: number): IsoDay {
  return dayjs(day).add(months, 'month').format(FORMAT);
}

export function endOfMonth(day: IsoDay): IsoDay {
  return dayjs(day).endOf('month').format(FORMAT);
}

/** Whole days from one day to another: negative when the second comes first. */
export function daysBetween(from: IsoDay, to: IsoDay): number {
  return Math.round(dayjs(to).diff(dayjs(from), 'hour') / 24);
}

/** « 24/11/2026 ». */
export function dayText(day: IsoDay): string {
  return day.split('-').reverse().join('/');
}

export function laterOf(one: IsoDay, other: IsoDay): IsoDay {
  return one > other ? one : other;
}

export function earlierOf(one: IsoDay, other: IsoDay): IsoDay {
  return one < other ? one : other;
}
