/** Plain tables for people: columns aligned, numbers to the right, no colours and no frames, so that they paste and grep well. */

export type Cell = string | number | null;

/** Width on screen: Chinese and other wide characters take two places. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/.test(character) ? 2 : 1;
  return width;
}

/**
 * @param header column names.
 * @param rows cells; null is shown as a dash. Columns of figures are set to the right.
 */
export function formatTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const right = header.map((_, column) => rows.every((row) => isFigure(row[column] ?? null)));
  const lines = [header, ...rows.map((row) => row.map(formatCell))];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  return lines.map((line) => formatLine(line, widths, right)).join('\n');
}

/** One line of a table that grows while it is printed. */
export function formatLine(
  cells: readonly string[],
  widths: readonly number[],
  right: readonly boolean[] = widths.map(() => true),
): string {
  const padded = cells.map((cell, column) => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
    return right[column] ? space + cell : cell + space;
  });
  return padded.join('  ').trimEnd();
}

function formatCell(cell: Cell): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? formatNumber(cell) : cell;
}

/** Whole numbers whole; others to four significant places after the point, as losses and accuracies are read. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1000) return value.toFixed(0);
  return Math.abs(value) >= 0.001 ? value.toFixed(4) : value.toExponential(2);
}

function isFigure(cell: Cell): boolean {
  return typeof cell !== 'string' || /^(–|-?\d+(\.\d+)?(e[+-]\d+)?)$/.test(cell);
}

/** A loss or accuracy: always with its places, so that a column lines up. */
export function formatMetric(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isInteger(value) && Math.abs(value) < 1000 ? value.toFixed(4) : formatNumber(value);
}

export function formatTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}
