import { startTransition, useEffect, useState } from 'react';

/** How many of `total` parts are to be drawn: one more a task, so that a long screen opens without holding. */
export function useGradually(total: number): number {
  const [drawn, setDrawn] = useState(1);
  useEffect(() => {
    if (drawn >= total) return undefined;
    const timer = setTimeout(() => startTransition(() => setDrawn(drawn + 1)));
    return () => clearTimeout(timer);
  }, [drawn, total]);
  return drawn;
}
