/** pdf.js makes a matrix as it loads, which only drawing uses; here text alone is read, and no canvas is carried along. */
class UnusedMatrix {}

if (!('DOMMatrix' in globalThis)) Object.assign(globalThis, { DOMMatrix: UnusedMatrix });
