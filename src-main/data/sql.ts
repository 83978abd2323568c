/** The only two ways by which names and values from outside get into SQL text. */

/** An identifier in double quotes; quotes inside are doubled. Throws for a NUL, which SQL text cannot hold. */
export function identifier(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`;
}

/** A text literal in single quotes; quotes inside are doubled, and nothing else is special in DuckDB's plain literals. */
export function literal(value: string): string {
  return `'${withoutNul(value).replaceAll("'", "''")}'`;
}

function withoutNul(text: string): string {
  if (text.includes('\0')) throw new Error('SQL text cannot hold a NUL');
  return text;
}
