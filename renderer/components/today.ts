import { daysBetween, type IsoDay, parisDay } from '../../shared/domain/days';

export function todayInFrance(): IsoDay {
  return parisDay(Date.now());
}

/** 0 on the day itself, negative once it is past. */
export function daysUntil(day: IsoDay): number {
  return daysBetween(todayInFrance(), day);
}
