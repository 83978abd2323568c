/** What the first bytes of a file say that it is, whatever its name. */

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
