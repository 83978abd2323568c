/** Pictures of lines on canvases of their own: made line by line, and copied into a chart to where the axes want them. */
import type { Chart } from 'chart.js';
import { divided, pieceWithin, pixelsOf, placed, wholePixels, type Box, type Sight } from './line-picture';
import { columnsOf, lineDataset, type LineDataset } from './line-chart';
import type { Range } from './decimate';
import { paintLine } from './paint-line';
import type { ChartColours, Series } from './series';

export interface Picture extends Sight {
  readonly canvas: HTMLCanvasElement;
  /** The part of the canvas that it takes, from the upper left corner. */
  readonly pixels: { readonly width: number; readonly height: number };
}

/** Pixels of a picture, at most. */
const MOST_PIXELS = 8e6;

/** @param canvas to draw on; it grows where it is too small. */
export function blankPicture(sight: Sight, canvas: HTMLCanvasElement): Picture {
  const ratio = Math.min(window.devicePixelRatio, Math.sqrt(MOST_PIXELS / (sight.width * sight.height)));
  const width = Math.max(1, Math.round(sight.width * ratio));
  const height = Math.max(1, Math.round(sight.height * ratio));
  // Setting its size clears a canvas, as costly as making it.
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  const context = contextOf(canvas);
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.clearRect(0, 0, width, height);
  context?.scale(width / sight.width, height / sight.height);
  return { ...sight, canvas, pixels: { width, height } };
}

/** Without a graphics card's memory in between: what is drawn is drawn at once, and its time counts. */
function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  return canvas.getContext('2d', { willReadFrequently: true });
}

export interface Lines {
  readonly series: readonly Series[];
  readonly colours: ChartColours;
}

/** The order in which lines are drawn: pale ones first, and the first of all on top. */
export function drawingOrder(series: readonly Series[]): number[] {
  const places = series.map((_, index) => index).reverse();
  const isFaint = (index: number) => series[index]?.faint ?? false;
  return [...places.filter(isFaint), ...places.filter((index) => !isFaint(index))];
}

/** @param range of the points that are drawn. @returns the line as it was drawn. */
export function paintInto(picture: Picture, { series, colours }: Lines, index: number, range: Range | null) {
  const one = series[index];
  const context = contextOf(picture.canvas);
  if (!one || !context) return null;
  const dataset: LineDataset = lineDataset(one, columnsOf(series.length, picture.width), range, colours);
  paintLine(context, dataset, pixelsOf(picture));
  // Drawing waits until something is read.
  context.getImageData(0, 0, 1, 1);
  return dataset;
}

/** Draws pictures where the axes of the chart want them: the first, and besides it the second. */
export function showPictures(chart: Chart<'line'>, now: Sight, first: Picture | null, second: Picture | null): void {
  const { left, top, right, bottom } = chart.chartArea;
  const corner = wholePixels(chart.chartArea);
  const view = { left: 0, top: 0, right: now.width, bottom: now.height };
  chart.ctx.save();
  chart.ctx.beginPath();
  chart.ctx.rect(left, top, right - left, bottom - top);
  chart.ctx.clip();
  chart.ctx.translate(corner.left, corner.top);
  const box = first && placed(first, now);
  const { within, besides } = box ? divided(box, view) : { within: view, besides: [view] };
  if (second) for (const part of besides) copy(chart.ctx, second, placed(second, now), part);
  if (first && box) copy(chart.ctx, first, box, within);
  chart.ctx.restore();
}

function copy(context: CanvasRenderingContext2D, { canvas, pixels }: Picture, box: Box, part: Box): void {
  const piece = pieceWithin(box, part);
  if (!piece) return;
  const { from, to } = piece;
  context.drawImage(
    canvas,
    ...([from.left * pixels.width, from.top * pixels.height] as const),
    ...([(from.right - from.left) * pixels.width, (from.bottom - from.top) * pixels.height] as const),
    ...([to.left, to.top, to.right - to.left, to.bottom - to.top] as const),
  );
}
