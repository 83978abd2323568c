/**
 * A line with more points than the chart has pixels, drawn as what it covers: in each column of pixels from its lowest to its
 * highest value. A stroke through a few points of each column would draw waves that are not in the data, and take longer.
 */
import type { Plugin } from 'chart.js';
import { inStretches, type Point, type Range } from './decimate';
import type { LineDataset } from './line-chart';

/** As many entries as there are columns with points, from left to right; those of the arrays behind them mean nothing. */
export interface Band {
  /** Middle of the column's points, on the horizontal axis. */
  readonly x: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The last point of each column: what the pointer finds there. */
  readonly last: Point[];
}

/** @returns null where the line has so few points that all of them are drawn. */
export function bandOf(points: readonly Point[], columns: number, range: Range | null): Band | null {
  const [x, low, high] = [new Float64Array(columns), new Float64Array(columns), new Float64Array(columns)];
  const last: Point[] = [];
  const isBand = inStretches(points, columns, range, (first, lowest, highest, end) => {
    x[last.length] = (first.x + end.x) / 2;
    low[last.length] = lowest.y;
    high[last.length] = highest.y;
    last.push(end);
  });
  return isBand ? { x, low, high, last } : null;
}

/** Where values lie in pixels. */
export interface Pixels {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function fillBand(context: CanvasRenderingContext2D, band: Band, colour: string, at: Pixels): void {
  const columns = band.last.length;
  context.beginPath();
  for (let column = 0; column < columns; column += 1) {
    context.lineTo(at.x(band.x[column] ?? 0), at.y(band.high[column] ?? 0) - 0.5);
  }
  for (let column = columns - 1; column >= 0; column -= 1) {
    context.lineTo(at.x(band.x[column] ?? 0), at.y(band.low[column] ?? 0) + 0.5);
  }
  context.closePath();
  context.save();
  // What lies under a band is still to be seen.
  context.globalAlpha = 0.75;
  context.fillStyle = colour;
  context.fill();
  context.restore();
}

/** Draws the lines that are bands, in place of Chart.js. */
export function bands(): Plugin<'line'> {
  return {
    id: 'bands',
    beforeDatasetDraw(chart, { index }) {
      const { band, borderColor } = chart.data.datasets[index] as LineDataset;
      const { x, y } = chart.scales;
      if (!band || !x || !y) return true;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top, chartArea.right - chartArea.left, chartArea.bottom - chartArea.top);
      ctx.clip();
      fillBand(ctx, band, String(borderColor), {
        x: (value) => x.getPixelForValue(value),
        y: (value) => y.getPixelForValue(value),
      });
      ctx.restore();
      return false;
    },
  };
}
