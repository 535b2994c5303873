/** Marks that change the direction of what follows (Unicode UAX 9): they make `fdp.exe` of a `.pdf`. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Control characters that no line of text holds, tabs and line ends apart. */
// eslint-disable-next-line no-control-regex -- naming control characters is the purpose here
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Text without what is not seen and misleads whoever reads it. */
export function plainText(text: string): string {
  return text.replace(DIRECTION_MARKS, '').replace(CONTROLS, '');
}

/** The same, on one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(/[\t\r\n\u2028\u2029]/g, ' ');
}
