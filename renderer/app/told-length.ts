/**
 * Keeps a variable of the style sheets at a length that follows the size of this element, in CSS pixels; what comes of it
 * is done right after. Returns how to stop, which forgets the variable.
 */
export function tellLength(variable: `--${string}`, element: HTMLElement, lengthPx: () => number, afterwards?: () => void): () => void {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => {
    style.setProperty(variable, `${lengthPx()}px`);
    afterwards?.();
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    style.removeProperty(variable);
  };
}
