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
      ctx.beginPath();
      const columns = band.last.length;
      for (let at = 0; at < columns; at += 1) {
        ctx.lineTo(x.getPixelForValue(band.x[at] ?? 0), y.getPixelForValue(band.high[at] ?? 0) - 0.5);
      }
      for (let at = columns - 1; at >= 0; at -= 1) {
        ctx.lineTo(x.getPixelForValue(band.x[at] ?? 0), y.getPixelForValue(band.low[at] ?? 0) + 0.5);
      }
      ctx.closePath();
      // What lies under a band is still to be seen.
      ctx.globalAlpha = 0.75;
      ctx.fillStyle = String(borderColor);
      ctx.fill();
      ctx.restore();
      return false;
    },
  };
}
