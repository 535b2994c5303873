/** No-break spaces where French typography wants them, in a text that may be cut into lines anywhere. */
export function frenchSpaces(text: string): string {
  return text.replace(/ ([:;?!»])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
}
