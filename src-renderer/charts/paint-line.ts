/** Draws a line into a picture as Chart.js draws it into a chart, one line at a time. */
import { fillBand, type Pixels } from './band';
import type { LineDataset } from './line-chart';

export function paintLine(context: CanvasRenderingContext2D, dataset: LineDataset, at: Pixels): void {
  if (dataset.band) fillBand(context, dataset.band, String(dataset.borderColor), at);
  else {
    strokeLine(context, dataset, at);
    paintDots(context, dataset, at);
  }
}

function strokeLine(context: CanvasRenderingContext2D, dataset: LineDataset, at: Pixels): void {
  context.strokeStyle = String(dataset.borderColor);
  context.lineWidth = Number(dataset.borderWidth);
  context.setLineDash([...(dataset.borderDash as number[])]);
  context.beginPath();
  let isBroken = true;
  for (const { x, y } of dataset.data) {
    if (!Number.isFinite(y)) isBroken = true;
    else if (isBroken) {
      context.moveTo(at.x(x), at.y(y));
      isBroken = false;
    } else context.lineTo(at.x(x), at.y(y));
  }
  context.stroke();
  context.setLineDash([]);
}

function paintDots(context: CanvasRenderingContext2D, dataset: LineDataset, at: Pixels): void {
  const radius = Number(dataset.pointRadius);
  if (radius === 0) return;
  context.fillStyle = String(dataset.pointBackgroundColor);
  context.strokeStyle = String(dataset.pointBorderColor);
  context.lineWidth = 1;
  for (const { x, y } of dataset.data) {
    if (!Number.isFinite(y)) continue;
    context.beginPath();
    context.arc(at.x(x), at.y(y), radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
