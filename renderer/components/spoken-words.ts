const SPOKEN_STEP_PERCENT = 25;

/** What a screen reader says of a long work: nothing at first, then each quarter, however many steps it has. */
export function spokenProgress(done: number, total: number): string {
  const percent = total <= 0 ? 0 : Math.floor((100 * Math.min(done, total)) / total / SPOKEN_STEP_PERCENT) * SPOKEN_STEP_PERCENT;
  return percent === 0 ? '' : `Avancement : ${percent} %`;
}
