/** What the first bytes of a file say that it is, whatever its name. */
import { open } from 'node:fs/promises';

/** Bytes that are looked at to tell what a file is. */
export const HEAD_BYTES = 65536;

/** The first bytes of a file, at most 64 KiB. */
export async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const heads = { parquet: 'PAR1', sqlite: 'SQLite format 3\0', zip: 'PK\x03\x04' } as const;

export function beginsAs(kind: keyof typeof heads, head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, heads[kind].length)).toString('latin1') === heads[kind];
}

/** Whether it is one of the files that are no text. */
export function isBinary(head: Uint8Array): boolean {
  return beginsAs('parquet', head) || beginsAs('sqlite', head) || beginsAs('zip', head);
}

/** The first character that is no white space, of UTF-8 text with or without a mark. */
export function firstCharacter(head: Uint8Array): string {
  return /[^\s\ufeff]/.exec(Buffer.from(head).toString('utf8'))?.[0] ?? '';
}

/** What a zip begins with. */
export const zipHead: Uint8Array = Buffer.from(heads.zip, 'latin1');
