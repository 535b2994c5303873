import { daysBetween, dayText, type IsoDay, parisDay } from '../../shared/domain/days';

export function todayInFrance(): IsoDay {
  return parisDay(Date.now());
}

/** 0 on the day itself, negative once it is past. */
export function daysUntil(day: IsoDay): number {
  return daysBetween(todayInFrance(), day);
}

/** « Dans 3 jours »; `days` is negative once the day is past. */
export function nearDayText(day: string, days: number): string {
  if (days < 0) return `Échue le ${dayText(day)}`;
  return days === 0 ? 'Aujourd’hui' : `Dans ${days} jour${days > 1 ? 's' : ''}`;
}
