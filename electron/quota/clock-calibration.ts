import { readHttpDate } from './rate-limit-headers';
import type { Scheduler } from './scheduler';
import type { ServerClock } from './server-clock';

/** Openings that may come this late are good enough. */
const GOOD_ENOUGH_MS = 30;
/** No question can tell the time better than about its own round trip. */
const TRIPS_OF_DOUBT = 1.5;
/** Each question halves a doubt that starts at a second. */
const QUESTIONS_PER_OPENING = 8;
const USUAL_TRIP_MS = 40;

/** The `Date` header of a free answer of the environment's service; null when there is none. */
export type ReadServerDate = (environment: string) => Promise<string | null>;

export interface ClockCalibrationOptions {
  readonly scheduler: Scheduler;
  readonly readServerDate?: ReadServerDate;
  readonly onRead: () => void;
}

interface Course {
  isUnderWay: boolean;
  opensAt: number;
  questions: number;
  shortestTripMs: number;
}

/**
 * Asks the service the time while somebody waits for a window that may open late for want of knowing it.
 * Questions leave so as to arrive around a whole second, where `Date` says most.
 */
export class ClockCalibration {
  readonly #courses = new Map<string, Course>();
  readonly #options: ClockCalibrationOptions;

  constructor(options: ClockCalibrationOptions) {
    this.#options = options;
  }

  /** @param opensAt local time for which the clock should be known better. */
  improve(environment: string, clock: ServerClock, opensAt: number): void {
    const { scheduler, readServerDate } = this.#options;
    const now = scheduler.now();
    const course = this.#courseOf(environment, opensAt, now);
    const goodEnough = Math.max(GOOD_ENOUGH_MS, course.shortestTripMs * TRIPS_OF_DOUBT);
    if (!readServerDate || course.isUnderWay || course.questions >= QUESTIONS_PER_OPENING || clock.uncertainty(now) <= goodEnough) return;
    const wayMs = course.shortestTripMs / 2;
    const sendAt = (clock.nextUncertainTick(now + wayMs) ?? now + wayMs) - wayMs;
    if (sendAt >= opensAt) return;
    course.isUnderWay = true;
    course.questions += 1;
    scheduler.setTimer(sendAt, () => void this.#ask(environment, clock, course, readServerDate));
  }

  async #ask(environment: string, clock: ServerClock, course: Course, readServerDate: ReadServerDate): Promise<void> {
    const { scheduler, onRead } = this.#options;
    const sentAt = scheduler.now();
    const date = readHttpDate((await readServerDate(environment).catch(() => null)) ?? undefined);
    const receivedAt = scheduler.now();
    course.isUnderWay = false;
    if (date !== null) {
      clock.observe({ date, resetAt: null }, { sentAt, receivedAt });
      course.shortestTripMs = course.questions === 1 ? receivedAt - sentAt : Math.min(course.shortestTripMs, receivedAt - sentAt);
    }
    onRead();
  }

  #courseOf(environment: string, opensAt: number, now: number): Course {
    let course = this.#courses.get(environment);
    if (!course) this.#courses.set(environment, (course = { isUnderWay: false, opensAt, questions: 0, shortestTripMs: USUAL_TRIP_MS }));
    else if (now >= course.opensAt) Object.assign(course, { opensAt, questions: 0 });
    return course;
  }
}
