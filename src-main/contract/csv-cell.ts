/** A cell of the CSV files that are given to people, wherever they are written. */

/** Quotes a text cell where needed; one that a spreadsheet would take for a formula gets a leading apostrophe. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
