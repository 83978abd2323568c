/** How a line chart is set up and drawn with Chart.js: scales, tooltip, the labels at the lines' ends, the crosshair. */
import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import type { Crosshair } from './crosshair.svelte';
import { decimate, type Point } from './decimate';
import { dashOf, type ChartColours, type Series } from './series';

export interface LineChartView {
  readonly xLabel: string;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  readonly crosshair: Crosshair;
  readonly colours: ChartColours;
  /** The horizontal axis reaches at least from 0 to here, so that a run's curve grows into its place. */
  readonly xMaximum: number | null;
  /** Shares end at 1; losses do not end. */
  readonly yMaximum: number | null;
  readonly formatTick: (y: number) => string;
  /** Epochs and steps are whole; shares on the horizontal axis are not. */
  readonly wholeX: boolean;
}

type LineDataset = ChartDataset<'line', Point[]> & { faint?: boolean };

/** Points that are shown as dots: few enough to be told apart. */
const DOTS = 24;

export function datasetOf(series: Series, colours: ChartColours, width: number): LineDataset {
  const colour = colours.series[series.colour % colours.series.length] ?? colours.text;
  const points = [...decimate(series.points, Math.max(50, Math.round(width)))];
  return {
    label: series.label,
    data: points,
    faint: series.faint ?? false,
    borderColor: series.faint ? translucent(colour) : colour,
    backgroundColor: colour,
    borderWidth: series.faint ? 1 : 2,
    borderDash: dashOf(series.dash),
    pointRadius: series.faint || points.length > DOTS ? 0 : 2.5,
    pointBackgroundColor: colour,
    pointBorderColor: colour,
    pointHoverBackgroundColor: colour,
    pointHoverBorderColor: colour,
    pointHitRadius: 0,
    pointHoverRadius: series.faint ? 0 : 4,
    tension: 0,
    order: series.faint ? 1 : 0,
  };
}

function translucent(colour: string): string {
  return `color-mix(in oklch, ${colour} 20%, transparent)`;
}

export function lineChartConfiguration(view: LineChartView, datasets: LineDataset[]): ChartConfiguration<'line'> {
  const { colours } = view;
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
          min: 0,
          suggestedMax: view.xMaximum ?? undefined,
          grid: { display: false },
          border: { color: colours.border },
          ticks: {
            ...tick,
            ...(view.wholeX ? { precision: 0 } : {}),
            maxTicksLimit: 12,
            maxRotation: 0,
            callback: (x) => view.formatX(Number(x)),
          },
          title: { display: true, text: view.xLabel, color: colours.muted, font: { family: colours.font, size: 11 } },
        },
        y: {
          type: 'linear',
          // Losses and shares are not negative: the axis never begins below zero.
          ...yRange(view, datasets),
          grid: { color: colours.grid },
          border: { display: false },
          ticks: { ...tick, maxTicksLimit: 6, includeBounds: false, callback: (y) => view.formatTick(Number(y)) },
          afterFit: (scale) => void (scale.width = Math.max(scale.width, 48)),
        },
      },
      plugins: { tooltip: tooltipOf(view) },
    },
    plugins: [endLabels(view), crosshairLine(view)],
  };
}

/** What the range of the axis is taken from; Chart.js gives its datasets back in wider types. */
interface Drawn {
  readonly data: readonly (number | { readonly y: number | null } | null)[];
  readonly faint?: boolean;
}

function heights(data: Drawn['data']): number[] {
  return data.map((point) => (typeof point === 'number' ? point : (point?.y ?? Number.NaN))).filter(Number.isFinite);
}

/** The range that shows the lines with a little room, within what the values can be; 0 to 1 while there are none. */
export function yRange(view: Pick<LineChartView, 'yMaximum'>, datasets: readonly Drawn[]) {
  const lines = datasets.some((dataset) => !dataset.faint && dataset.data.length > 0)
    ? datasets.filter((dataset) => !dataset.faint)
    : datasets;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { data } of lines) for (const y of heights(data)) high = Math.max(high, y);
  // Single batches may lie below every epoch and are shown; what they rise above it is cut off.
  for (const { data } of datasets) for (const y of heights(data)) low = Math.min(low, y);
  if (low > high) return { min: 0, max: 1 };
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 0.1;
  const top = view.yMaximum === null ? high + room : Math.min(view.yMaximum, high + room);
  const bottom = low - room;
  return { min: low >= 0 ? Math.max(0, bottom) : bottom, max: top };
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
    titleFont: { family: colours.font, size: 12, weight: 'bold' as const },
    bodyFont: { family: colours.font, size: 12 },
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
    },
  };
}

const labelHeight = 15;

/**
 * Middles of labels that stand beside these heights without overlapping, inside the area where they fit: below its lower
 * edge are the numbers of the axis.
 * @param heights in pixels from the top, ascending.
 */
export function labelPlaces(
  heights: readonly number[],
  area: { readonly top: number; readonly bottom: number },
): number[] {
  const places: number[] = [];
  for (const height of heights) places.push(Math.max(height, (places.at(-1) ?? area.top - labelHeight) + labelHeight));
  let below = area.bottom - labelHeight / 2;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    places[index] = Math.max(Math.min(places[index] ?? 0, below), area.top + index * labelHeight);
    below = (places[index] ?? 0) - labelHeight;
  }
  return places;
}

/** Writes each line's label beside its last point; labels that would overlap move apart. */
function endLabels(view: LineChartView): Plugin<'line'> {
  const font = `12px ${view.colours.font}`;
  return {
    id: 'end-labels',
    beforeLayout(chart) {
      chart.ctx.font = font;
      const labels = chart.data.datasets.filter((dataset) => !(dataset as LineDataset).faint);
      const widths = labels.map((dataset) => chart.ctx.measureText(dataset.label ?? '').width);
      const width = Math.min(140, Math.max(0, ...widths)) + 14;
      const padding = chart.options.layout?.padding;
      if (typeof padding === 'object' && padding !== null) Object.assign(padding, { right: width });
    },
    afterDatasetsDraw(chart) {
      const ends = chart.getSortedVisibleDatasetMetas().flatMap((meta) => {
        const dataset = chart.data.datasets[meta.index] as LineDataset | undefined;
        const end = meta.data.at(-1);
        return end && dataset && !dataset.faint ? [{ x: end.x, y: end.y, dataset }] : [];
      });
      ends.sort((a, b) => a.y - b.y);
      const places = labelPlaces(
        ends.map(({ y }) => y),
        chart.chartArea,
      );
      chart.ctx.save();
      chart.ctx.font = font;
      chart.ctx.textBaseline = 'middle';
      for (const [index, { x, y, dataset }] of ends.entries()) {
        chart.ctx.fillStyle = String(dataset.borderColor);
        chart.ctx.fillText(dataset.label ?? '', x + 8, places[index] ?? y, 140);
      }
      chart.ctx.restore();
    },
  };
}

function crosshairLine(view: LineChartView): Plugin<'line'> {
  return {
    id: 'crosshair',
    afterEvent(chart, { event, inChartArea }) {
      if (event.type === 'mouseout' || !inChartArea) {
        if (event.type === 'mouseout' || event.type === 'mousemove') view.crosshair.x = null;
        return;
      }
      if (event.type !== 'mousemove') return;
      const active = chart.getActiveElements().find(({ datasetIndex }) => {
        const dataset = chart.data.datasets[datasetIndex] as LineDataset | undefined;
        return dataset && !dataset.faint;
      });
      const point = active && (chart.data.datasets[active.datasetIndex]?.data[active.index] as Point | undefined);
      view.crosshair.x = point?.x ?? null;
    },
    afterDraw(chart) {
      const { x } = view.crosshair;
      const scale = chart.scales['x'];
      if (x === null || !scale || x < scale.min || x > scale.max) return;
      const pixel = Math.round(scale.getPixelForValue(x)) + 0.5;
      chart.ctx.save();
      chart.ctx.strokeStyle = view.colours.border;
      chart.ctx.lineWidth = 1;
      chart.ctx.beginPath();
      chart.ctx.moveTo(pixel, chart.chartArea.top);
      chart.ctx.lineTo(pixel, chart.chartArea.bottom);
      chart.ctx.stroke();
      chart.ctx.restore();
    },
  };
}
