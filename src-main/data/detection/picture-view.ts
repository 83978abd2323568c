/** How a picture lies on the canvas on which boxes are looked for: whole and in the middle, or changed so that more is learnt of it. */
import { fitWhole, type PictureSize } from '../../catalog/picture-frame';
import type { Rectangle } from '../../catalog/detection/overlap';

/** Where the whole picture lies, in pixels of the canvas; parts may lie outside. */
export interface PictureView extends Rectangle {
  readonly mirrored: boolean;
}

/** A changed picture is at least and at most this many times as large. */
const SCALES = { least: 0.75, most: 1.35 };
/** A box of which less is in sight is none to learn. */
const LEAST_SEEN = 0.4;

export function wholeView(picture: PictureSize, canvas: PictureSize): PictureView {
  return { ...fitWhole(picture, canvas), mirrored: false };
}

/** Larger or smaller, moved, every other one mirrored; never moved by more than keeps most of it in sight. */
export function changedView(picture: PictureSize, canvas: PictureSize, random: () => number): PictureView {
  const whole = fitWhole(picture, canvas);
  const { least, most } = SCALES;
  const scale = least * (most / least) ** random();
  const [width, height] = [whole.width * scale, whole.height * scale];
  // From flush with one edge to flush with the other, whichever of the two is larger.
  const x = (canvas.width - width) * random();
  const y = (canvas.height - height) * random();
  return { x, y, width, height, mirrored: random() < 0.5 };
}

/** A box in shares of the picture → in shares of the canvas, what lies outside cut off; null where too little is in sight. */
export function toCanvas<Box extends Rectangle>(box: Box, view: PictureView, canvas: PictureSize): Box | null {
  const from = view.mirrored ? 1 - box.x - box.width : box.x;
  const left = (view.x + from * view.width) / canvas.width;
  const top = (view.y + box.y * view.height) / canvas.height;
  const [width, height] = [(box.width * view.width) / canvas.width, (box.height * view.height) / canvas.height];
  const seen = clipped({ x: left, y: top, width, height });
  if (!seen || seen.width * seen.height < LEAST_SEEN * width * height) return null;
  return { ...box, ...seen };
}

/** A box in shares of the canvas → in shares of the picture, clipped to it; null where nothing of it lies there. */
export function toPicture<Box extends Rectangle>(box: Box, view: PictureView, canvas: PictureSize): Box | null {
  const [width, height] = [(box.width * canvas.width) / view.width, (box.height * canvas.height) / view.height];
  const from = (box.x * canvas.width - view.x) / view.width;
  const x = view.mirrored ? 1 - from - width : from;
  const seen = clipped({ x, y: (box.y * canvas.height - view.y) / view.height, width, height });
  return seen && { ...box, ...seen };
}

function clipped({ x, y, width, height }: Rectangle): Rectangle | null {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const seen = { x: left, y: top, width: Math.min(1, x + width) - left, height: Math.min(1, y + height) - top };
  return seen.width > 0 && seen.height > 0 ? seen : null;
}
