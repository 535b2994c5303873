export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs works one after the other, so that what one has checked still holds when it acts. */
export function createOneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
}
