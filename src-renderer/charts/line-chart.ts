/** How a line chart is set up with Chart.js: its lines, its scales, what the tooltip says. */
import type { Chart, ChartConfiguration, ChartDataset } from 'chart.js';
import { bandOf, bands, type Band } from './band';
import type { Crosshair } from './crosshair.svelte';
import { countWithin, extremesWithin, pointsWithin, type Point, type Range } from './decimate';
import { endLabels } from './line-labels';
import { crosshairLine, stillLines } from './line-pointer';
import { zoomOptions } from './line-zoom';
import { dashOf, type ChartColours, type Series } from './series';
import type { Viewport } from './viewport.svelte';

export interface LineChartView {
  readonly xLabel: string;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  readonly crosshair: Crosshair;
  readonly viewport: Viewport;
  readonly colours: ChartColours;
  /** The horizontal axis reaches at least from 0 to here, so that a run's curve grows into its place. */
  readonly xMaximum: number | null;
  /** Shares end at 1; losses do not end. */
  readonly yMaximum: number | null;
  readonly formatTick: (y: number) => string;
  /** Epochs and steps are whole; shares on the horizontal axis are not. */
  readonly wholeX: boolean;
  /** Said in the tooltip where there are more lines than it names. */
  readonly nearestOf: (shown: number, all: number) => string;
}

export type LineDataset = ChartDataset<'line', Point[]> & {
  faint?: boolean;
  band?: Band | null;
  /** Nothing but where the line leaves the view, for its label: the line itself is a picture meanwhile. */
  endOnly?: boolean;
};

/** Points that are shown as dots: few enough to be told apart. */
const DOTS = 24;
/** Columns that a chart draws of all its lines together, at most: as many as are drawn within a frame. */
const MOST_COLUMNS = 20_000;

export interface DrawnLines {
  readonly datasets: LineDataset[];
  /** Points drawn, and in view. */
  readonly shown: number;
  readonly all: number;
}

/** @param width of the chart in pixels: a line with more points for each of them becomes a band. */
export function drawnLines(
  series: readonly Series[],
  { viewport: { range }, colours, width }: { viewport: Viewport; colours: ChartColours; width: number },
): DrawnLines {
  const columns = columnsOf(series.length, width);
  const datasets = series.map((one) => lineDataset(one, columns, range, colours));
  return {
    datasets,
    shown: datasets.reduce((sum, dataset) => sum + countWithinDrawn(dataset, range), 0),
    all: countOf(series, range),
  };
}

/** Points of a line that are drawn within the view: of a band, the lowest and the highest of each stretch. */
export function countWithinDrawn({ band, data }: LineDataset, range: Range | null): number {
  return band ? 2 * band.last.length : countWithin(data, range);
}

/** Stretches that each of so many lines is drawn in. */
export function columnsOf(lines: number, width: number): number {
  return Math.max(50, Math.min(Math.round(width), Math.floor(MOST_COLUMNS / lines)));
}

export function lineDataset(one: Series, columns: number, range: Range | null, colours: ChartColours): LineDataset {
  return datasetOf(one, bandOf(one.points, columns, range), range, colours);
}

/** @param edge where the view ends on the right. */
export function endOf(one: Series, edge: number, colours: ChartColours): LineDataset {
  return { ...datasetOf(one, null, { from: edge, to: edge }, colours), endOnly: true };
}

/** Points in view. */
export function countOf(series: readonly Series[], range: Range | null): number {
  return series.reduce((sum, { points }) => sum + countWithin(points, range), 0);
}

function datasetOf(series: Series, band: Band | null, range: Range | null, colours: ChartColours): LineDataset {
  const points = band?.last ?? [...pointsWithin(series.points, range)];
  const colour = colours.series[series.colour % colours.series.length] ?? colours.text;
  // A line of one point is nothing but its dot.
  const radius = (series.faint && points.length > 1) || points.length > DOTS ? 0 : 2.5;
  return {
    label: series.label,
    data: points,
    faint: series.faint ?? false,
    borderColor: series.faint ? translucent(colour, series.strength ?? 20) : colour,
    backgroundColor: colour,
    borderWidth: series.faint ? 1 : 2,
    borderDash: dashOf(series.dash),
    band,
    // The dots under the pointer are drawn by `line-pointer.ts`.
    pointRadius: radius,
    pointHoverRadius: radius,
    pointBackgroundColor: series.faint ? translucent(colour, series.strength ?? 20) : colour,
    pointBorderColor: series.faint ? 'transparent' : colour,
    pointHoverBackgroundColor: colour,
    pointHoverBorderColor: colour,
    pointHitRadius: 0,
    tension: 0,
    order: series.faint ? 1 : 0,
  };
}

function translucent(colour: string, percent: number): string {
  return `color-mix(in oklch, ${colour} ${percent}%, transparent)`;
}

/** All there is to see along the horizontal axis. */
export function wholeRange(series: readonly Series[], xMaximum: number | null): Range {
  return { from: 0, to: Math.max(xMaximum ?? 0, ...series.map(({ points }) => points.at(-1)?.x ?? 0)) };
}

export function lineChartConfiguration(
  view: LineChartView,
  datasets: LineDataset[],
  whole: () => Range,
  /** Draws the lines from pictures, where there are too many to be drawn within a frame. */
  pictured: (chart: Chart<'line'>) => boolean = () => false,
): ChartConfiguration<'line'> {
  const { colours, viewport } = view;
  const tick = { color: colours.muted, font: { family: colours.font, size: 11 } };
  return {
    type: 'line',
    data: { datasets },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearestOfEach', intersect: false },
      layout: { padding: { right: 4, top: 6 } },
      scales: {
        x: {
          type: 'linear',
          ...xRange(view),
          grid: { display: false },
          border: { color: colours.border },
          ticks: {
            ...tick,
            ...(view.wholeX ? { precision: 0 } : {}),
            maxTicksLimit: 12,
            maxRotation: 0,
            // A closer look begins and ends anywhere: numbers stand at round places only.
            includeBounds: false,
            callback: (x) => view.formatX(Number(x)),
          },
          title: { display: true, text: view.xLabel, color: colours.muted, font: { family: colours.font, size: 11 } },
        },
        y: {
          type: viewport.logarithmic ? 'logarithmic' : 'linear',
          ...yRange({ ...view, ...viewport, range: viewport.range }, datasets),
          grid: { color: colours.grid },
          border: { display: false },
          ticks: {
            ...tick,
            maxTicksLimit: 6,
            includeBounds: false,
            callback: (y) => (viewport.logarithmic && !isRound(Number(y)) ? null : view.formatTick(Number(y))),
          },
          afterFit: (scale) => void (scale.width = Math.max(scale.width, 48)),
        },
      },
      plugins: { tooltip: tooltipOf(view), zoom: zoomOptions(view, whole) },
    },
    plugins: [bands(), stillLines(pictured), endLabels(view), crosshairLine(view)],
  };
}

/** 1, 2 or 5 of a power of ten: where a logarithmic axis has its numbers. */
function isRound(value: number): boolean {
  const leading = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((digit) => Math.abs(leading - digit) < 1e-6);
}

/** Shows other lines, or another part of them, in a chart that stands. */
export function showLines(chart: Chart<'line'>, view: LineChartView, datasets: LineDataset[], whole: Range): void {
  const { logarithmic, range } = view.viewport;
  showWithin(chart, view, datasets, yRange({ ...view, logarithmic, range }, datasets), whole);
}

/** As `showLines`, with the range of the vertical axis. */
export function showWithin(
  chart: Chart<'line'>,
  view: LineChartView,
  datasets: LineDataset[],
  heights: { min: number; max: number },
  whole: Range,
): void {
  chart.data.datasets = datasets;
  const { x, y } = chart.options.scales ?? {};
  if (x) Object.assign(x, xRange(view));
  if (y) Object.assign(y, heights);
  const limits = chart.options.plugins?.zoom?.limits?.['x'];
  if (limits) Object.assign(limits, { min: whole.from, max: whole.to });
  chart.update('none');
}

function xRange({ viewport: { range }, xMaximum }: Pick<LineChartView, 'viewport' | 'xMaximum'>) {
  if (range) return { min: range.from, max: range.to };
  return { min: 0, max: undefined, suggestedMax: xMaximum ?? undefined };
}

/** What the range of the axis is taken from. */
interface Drawn {
  readonly data: readonly Point[];
  readonly faint?: boolean | undefined;
  readonly band?: Band | null | undefined;
}

interface Heights {
  readonly yMaximum: number | null;
  readonly logarithmic?: boolean;
  /** The part of the horizontal axis in view. */
  readonly range?: Range | null;
}

/** The range that shows the lines with a little room, within what the values can be; 0 to 1 while there are none. */
export function yRange(heights: Heights, datasets: readonly Drawn[]) {
  return rangeOf(
    heights,
    datasets.map((dataset) => ({ faint: dataset.faint, ...extremes(dataset, heights.range ?? null) })),
  );
}

/** The same of the lines themselves, all of whose points count. */
export function yRangeOf(heights: Heights, series: readonly Series[]) {
  return rangeOf(
    heights,
    series.map(({ faint, points }) => ({ faint, ...extremesWithin(points, heights.range ?? null) })),
  );
}

interface Extremes {
  readonly faint: boolean | undefined;
  readonly low: number;
  readonly high: number;
}

function rangeOf({ yMaximum, logarithmic = false }: Heights, drawn: readonly Extremes[]) {
  const lines = drawn.filter(({ faint, low, high }) => !faint && low <= high);
  const high = Math.max(...(lines.length > 0 ? lines : drawn).map((line) => line.high));
  // Single batches may lie below every epoch and are shown; what they rise above it is cut off.
  const low = Math.min(...drawn.map((line) => line.low));
  if (!(low <= high)) return logarithmic ? { min: 0.1, max: 1 } : { min: 0, max: 1 };
  if (logarithmic) return { min: low / 1.15, max: high * 1.15 };
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 0.1;
  const top = yMaximum === null ? high + room : Math.min(yMaximum, high + room);
  const bottom = low - room;
  return { min: low >= 0 ? Math.max(0, bottom) : bottom, max: top };
}

/** Of the part in view; low above high where nothing is. */
function extremes({ data, band }: Drawn, range: Range | null): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [at, { x, y }] of data.entries()) {
    if (!Number.isFinite(y) || (range && (x < range.from || x > range.to))) continue;
    low = Math.min(low, band?.low[at] ?? y);
    high = Math.max(high, band?.high[at] ?? y);
  }
  return { low, high };
}

function tooltipOf(view: LineChartView) {
  const { colours } = view;
  return {
    animation: false as const,
    backgroundColor: colours.surface,
    borderColor: colours.border,
    borderWidth: 1,
    cornerRadius: 6,
    caretSize: 0,
    caretPadding: 12,
    padding: 8,
    titleColor: colours.text,
    bodyColor: colours.text,
    footerColor: colours.muted,
    titleFont: { family: colours.font, size: 12, weight: 'bold' as const },
    bodyFont: { family: colours.font, size: 12 },
    footerFont: { family: colours.font, size: 11, weight: 'normal' as const },
    boxWidth: 8,
    boxHeight: 8,
    filter: (item: { dataset: unknown }) => !(item.dataset as LineDataset).faint,
    callbacks: {
      title: (items: readonly { parsed: { x: number | null } }[]) =>
        `${view.xLabel} ${view.formatX(items[0]?.parsed.x ?? 0)}`,
      label: (item: { dataset: { label?: string }; parsed: { y: number | null } }) =>
        ` ${item.dataset.label ?? ''}  ${view.formatY(item.parsed.y ?? 0)}`,
      labelColor: (item: { dataset: { borderColor?: unknown } }) => ({
        borderColor: String(item.dataset.borderColor),
        backgroundColor: String(item.dataset.borderColor),
      }),
      footer: (items: readonly { chart: Chart }[]) => {
        const lines = items[0]?.chart.data.datasets.filter((dataset) => !(dataset as LineDataset).faint).length ?? 0;
        return lines > items.length ? view.nearestOf(items.length, lines) : '';
      },
    },
  };
}
