declare global {
  interface ArrayBuffer {
    /** Absent before V8 11.4. */
    transfer?(newByteLength: number): ArrayBuffer;
  }
}

/**
 * Gives back the memory of bytes that nobody reads any more; they are empty afterwards. Left to the collector, which counts what
 * lies outside its heap, every few tens of megabytes that pass by have the whole heap looked through.
 * What shares its memory (a part of a larger piece, small pieces of the runtime's pool) is left to the collector; so is what is
 * empty: libraries share one such piece.
 */
export function giveBack(bytes: Buffer): void {
  const { buffer, length } = bytes;
  if (length > 0 && length === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer?.(0);
}
