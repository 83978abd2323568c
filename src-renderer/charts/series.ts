/** What a line chart draws, and how lines are told apart: colour in Okabe and Ito's order, dash, and the label at the end. */
import { csvCell } from '../../src-main/contract';
import type { Point } from './decimate';

export interface Series {
  readonly key: string;
  readonly label: string;
  /** Ascending in x. */
  readonly points: readonly Point[];
  /** 0-based place in the order of series colours. */
  readonly colour: number;
  /** 0-based place in the dashes; 0 is a solid line. */
  readonly dash: number;
  /** A background line (single batches): thin, pale, without label or tooltip. */
  readonly faint?: boolean;
  /** How pale a background line is, in percent of its colour; 20 where absent. */
  readonly strength?: number;
}

const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [12, 4]];

export function dashOf(place: number): number[] {
  return [...(dashes[place % dashes.length] ?? [])];
}

export const SERIES_COLOURS = 8;

/** Tokens of the theme as the canvas needs them: resolved colours. */
export interface ChartColours {
  readonly series: readonly string[];
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly surface: string;
  readonly border: string;
  readonly font: string;
}

/**
 * Reads the tokens in the theme in force. `light-dark()` is resolved by the browser only on a real property, so a
 * probe element is asked.
 */
export function readColours(host: HTMLElement): ChartColours {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const resolve = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colours: ChartColours = {
    series: Array.from({ length: SERIES_COLOURS }, (_, index) => resolve(`--series-${index + 1}`)),
    text: resolve('--text'),
    muted: resolve('--text-muted'),
    grid: resolve('--border'),
    surface: resolve('--surface-1'),
    border: resolve('--border-strong'),
    font: getComputedStyle(host).fontFamily,
  };
  probe.remove();
  return colours;
}

/** A square of numbers for a spreadsheet, with the names of its rows and columns. */
export function matrixToCsv(names: readonly string[], rows: readonly (readonly number[])[]): string {
  const lines = rows.map((row, at) => [csvCell(names[at] ?? ''), ...row].join(','));
  return [['', ...names].map(csvCell).join(','), ...lines].join('\n') + '\n';
}

/** Rows for a spreadsheet: x, then one column per series; a line without a point at an x has an empty cell. */
export function seriesToCsv(xLabel: string, series: readonly Series[]): string {
  const places = [...new Set(series.flatMap((one) => one.points.map((point) => point.x)))].sort((a, b) => a - b);
  const lookups = series.map((one) => new Map(one.points.map((point) => [point.x, point.y])));
  const rows = places.map((x) => [x, ...lookups.map((lookup) => lookup.get(x) ?? '')].join(','));
  return [[xLabel, ...series.map((one) => one.label)].map(csvCell).join(','), ...rows].join('\n') + '\n';
}
