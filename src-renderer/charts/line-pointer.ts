/**
 * What follows the pointer over a line chart: the crosshair shared with its neighbours, and the points nearest to it. The lines
 * themselves are kept as a picture meanwhile, so that following costs the same for one line and for a hundred.
 */
import type { Chart, Plugin } from 'chart.js';
import type { Point } from './decimate';
import type { LineChartView, LineDataset } from './line-chart';

/** Pixels around the area of the lines, in which the dots of points at its edge lie. */
const edge = 4;

/** @param pictured draws the lines in its own way and says whether it did. */
export function stillLines(pictured: (chart: Chart<'line'>) => boolean): Plugin<'line'> {
  let picture: HTMLCanvasElement | null = null;
  let isCurrent = false;
  return {
    id: 'still-lines',
    afterUpdate: () => void (isCurrent = false),
    beforeDatasetsDraw(chart) {
      if (pictured(chart)) {
        drawNearest(chart);
        return false;
      }
      if (!isCurrent || !picture) return true;
      const { left, top, width, height } = areaOf(chart);
      chart.ctx.clearRect(left, top, width, height);
      chart.ctx.drawImage(picture, left, top, width, height);
      drawNearest(chart);
      return false;
    },
    afterDatasetsDraw(chart) {
      picture ??= document.createElement('canvas');
      isCurrent = copy(chart, picture);
      drawNearest(chart);
    },
  };
}

function areaOf({ chartArea }: Chart<'line'>) {
  const [left, top] = [Math.floor(chartArea.left) - edge, Math.floor(chartArea.top) - edge];
  const [right, bottom] = [Math.ceil(chartArea.right) + edge, Math.ceil(chartArea.bottom) + edge];
  return { left, top, width: right - left, height: bottom - top };
}

function copy(chart: Chart<'line'>, picture: HTMLCanvasElement): boolean {
  const { left, top, width, height } = areaOf(chart);
  const ratio = chart.currentDevicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = picture.getContext('2d');
  if (!context || wide <= 0 || high <= 0) return false;
  // Setting the size clears it.
  picture.width = wide;
  picture.height = high;
  context.drawImage(chart.canvas, left * ratio, top * ratio, width * ratio, height * ratio, 0, 0, wide, high);
  return true;
}

/** A dot at each point that the tooltip tells of. */
function drawNearest(chart: Chart<'line'>): void {
  chart.ctx.save();
  for (const { element, datasetIndex } of chart.getActiveElements()) {
    const dataset = chart.data.datasets[datasetIndex] as LineDataset | undefined;
    if (!dataset || dataset.faint) continue;
    chart.ctx.fillStyle = String(dataset.borderColor);
    chart.ctx.beginPath();
    chart.ctx.arc(element.x, element.y, 4, 0, 2 * Math.PI);
    chart.ctx.fill();
  }
  chart.ctx.restore();
}

export function crosshairLine(view: LineChartView): Plugin<'line'> {
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
