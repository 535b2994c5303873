const DIRECTORY_ENTRY = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
const ENTRY_HEAD_BYTES = 46;
const END_RECORD = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
/** Nothing follows the end record but a comment of 64 kB at most (APPNOTE 4.3.16). */
const LONGEST_END_BYTES = 66 * 1_024;
const PROGRAM = /\.(exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|lnk|url|jar|cpl|reg|chm)$/i;
const LEAVES_ITS_FOLDER = /(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:/i;

type ArchiveDanger = 'program' | 'leaves_its_folder';

/** Watches an archive pass by for its end, and for the names in its directory (APPNOTE 4.3.12) that would harm where it is unpacked. */
export class ZipScanner {
  readonly #found = new Set<ArchiveDanger>();
  #rest: Buffer = Buffer.alloc(0);
  #bytesSinceEndRecord = Infinity;

  watch(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const end = bytes.lastIndexOf(END_RECORD);
    this.#bytesSinceEndRecord = end === -1 ? this.#bytesSinceEndRecord + chunk.length : bytes.length - end;
    this.#watchDirectory(bytes);
  }

  #watchDirectory(bytes: Buffer): void {
    for (let at = bytes.indexOf(DIRECTORY_ENTRY); at !== -1; at = bytes.indexOf(DIRECTORY_ENTRY, at + DIRECTORY_ENTRY.length)) {
      const start = at + ENTRY_HEAD_BYTES;
      const end = start > bytes.length ? Infinity : start + bytes.readUInt16LE(at + 28);
      if (end > bytes.length) {
        this.#rest = Buffer.from(bytes.subarray(at));
        return;
      }
      this.#judge(bytes.toString('latin1', start, end));
    }
    this.#rest = Buffer.from(bytes.subarray(-(DIRECTORY_ENTRY.length - 1)));
  }

  found(): ReadonlySet<ArchiveDanger> {
    return this.#found;
  }

  /** False when the end is missing. */
  isComplete(): boolean {
    return this.#bytesSinceEndRecord <= LONGEST_END_BYTES;
  }

  #judge(name: string): void {
    // Some unpackers stop at a zero; Windows drops dots and spaces at the end.
    const told = (name.split('\0')[0] ?? '').replace(/[. ]{1,255}$/, '');
    if (PROGRAM.test(told)) this.#found.add('program');
    if (LEAVES_ITS_FOLDER.test(name)) this.#found.add('leaves_its_folder');
  }
}
