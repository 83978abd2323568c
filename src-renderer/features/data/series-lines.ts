/** Columns as lines along an order: which there are, along what, and how the axis is written. */
import type { Column, DataSetup, DatasetVersion, SeriesLines } from '../../../src-main/contract';
import type { Series } from '../../charts/series';
import { formatNumber, locale } from '../../i18n';

/** Dates and numbers may order rows. */
export function orderable({ columns }: DatasetVersion): string[] {
  return columns.filter(({ type }) => type === 'date' || type === 'number').map(({ name }) => name);
}

/** Columns of numbers that the person did not leave out. */
export function drawable({ columns }: DatasetVersion, setup: Pick<DataSetup, 'types'> | null): string[] {
  return columns
    .filter(({ name, type }) => type === 'number' && (setup?.types[name] ?? 'number') === 'number')
    .map(({ name }) => name);
}

/** Whether data has an order to draw numbers along: a date, or a split that says so. */
export function hasSeries(version: DatasetVersion): boolean {
  const { columns, proposed } = version;
  const isTable = columns.every(({ image, audio }) => image === null && !audio);
  const isOrdered = columns.some(({ type }) => type === 'date') || proposed?.split.kind === 'ordered';
  const named = columns.some(isTime);
  return isTable && (isOrdered || named) && drawable(version, null).length > 0;
}

/** A number called after a time, with more values than a few years of a survey have. */
function isTime({ name, type, distinct }: Pick<Column, 'name' | 'type' | 'distinct'>): boolean {
  return type === 'number' && distinct > FEW && TIME.test(name);
}

const FEW = 10;
const TIME = /^(year|month|week|day|date|time|timestamp|datetime|hour|minute|second|t|step|index|period)$/i;

/** What the split is ordered by, else a date, else a number called after a time, else the file. */
export function startingOrder({ columns }: DatasetVersion, setup: DataSetup | null): string {
  if (setup?.split.kind === 'ordered' && setup.split.column) return setup.split.column;
  const date = columns.find(({ type }) => type === 'date');
  return (date ?? columns.find(isTime))?.name ?? '';
}

export interface DrawnLine extends Series {
  readonly minimum: number;
  readonly maximum: number;
}

/** Points count from the first of the axis, since charts begin at 0. */
export function linesOf(drawn: SeriesLines): DrawnLine[] {
  const origin = originOf(drawn);
  return drawn.lines.map(({ column, minimum, maximum, x, y }, place) => ({
    key: column,
    label: column,
    points: Array.from(x, (at, index) => ({ x: at - origin, y: y[index] ?? Number.NaN })),
    colour: place,
    dash: 0,
    minimum,
    maximum,
  }));
}

/** Writes a point of the axis as what it is: a row, a number or a date. */
export function axisFormat(drawn: SeriesLines): (x: number) => string {
  const origin = originOf(drawn);
  if (drawn.axis !== 'date') return (x) => formatNumber(x + origin);
  const ends = drawn.lines.flatMap(({ x }) => [x[0] ?? origin, x[x.length - 1] ?? origin]);
  const isShort = Math.max(...ends) - origin < 3 * 86_400_000;
  const format = new Intl.DateTimeFormat(locale.current, {
    timeZone: 'UTC',
    dateStyle: 'medium',
    ...(isShort ? { timeStyle: 'short' } : {}),
  });
  return (x) => format.format(x + origin);
}

function originOf({ lines }: SeriesLines): number {
  const firsts = lines.flatMap(({ x }) => (x.length > 0 ? [x[0] ?? 0] : []));
  return firsts.length > 0 ? Math.min(...firsts) : 0;
}
