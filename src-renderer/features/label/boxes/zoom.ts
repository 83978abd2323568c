/** How a picture lies on the stage: scaled and shifted. Screen pixels on one side, the picture's on the other. */
import type { PictureSize } from '../../../../src-main/catalog';
import type { Edges, Point } from './box-geometry';

export interface Zoom {
  /** Screen pixels per pixel of the picture. */
  readonly scale: number;
  /** Where the picture's corner lies on the stage. */
  readonly x: number;
  readonly y: number;
}

/** A pixel of the picture is never larger on the screen. */
const LARGEST = 40;
/** What is left free around a picture that is shown whole. */
const MARGIN = 12;

/** The whole picture in the middle. */
export function fitted(picture: PictureSize, stage: PictureSize): Zoom {
  const across = Math.max(1, stage.width - 2 * MARGIN) / picture.width;
  const down = Math.max(1, stage.height - 2 * MARGIN) / picture.height;
  const scale = Math.min(LARGEST, across, down);
  return { scale, x: (stage.width - picture.width * scale) / 2, y: (stage.height - picture.height * scale) / 2 };
}

export function toPicture({ scale, x, y }: Zoom, point: Point): Point {
  return { x: (point.x - x) / scale, y: (point.y - y) / scale };
}

/** Larger or smaller by a factor; what lies at a point of the stage stays there. */
export function zoomed(zoom: Zoom, factor: number, at: Point, picture: PictureSize, stage: PictureSize): Zoom {
  const least = fitted(picture, stage).scale;
  const scale = Math.min(Math.max(zoom.scale * factor, least), Math.max(LARGEST, least));
  const { x, y } = toPicture(zoom, at);
  return contained({ scale, x: at.x - x * scale, y: at.y - y * scale }, picture, stage);
}

export function shifted(zoom: Zoom, by: Point, picture: PictureSize, stage: PictureSize): Zoom {
  return contained({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, picture, stage);
}

/** Shifted as little as shows a box whole; where it is larger than the stage, its beginning. */
export function showing(zoom: Zoom, edges: Edges, picture: PictureSize, stage: PictureSize): Zoom {
  const x = broughtIn(zoom.x + edges.left * zoom.scale, zoom.x + edges.right * zoom.scale, stage.width);
  const y = broughtIn(zoom.y + edges.top * zoom.scale, zoom.y + edges.bottom * zoom.scale, stage.height);
  return x === 0 && y === 0 ? zoom : shifted(zoom, { x, y }, picture, stage);
}

function broughtIn(from: number, to: number, size: number): number {
  if (from < MARGIN || to - from > size - 2 * MARGIN) return MARGIN - from > 0 || to > size ? MARGIN - from : 0;
  return Math.min(0, size - MARGIN - to);
}

/** The picture covers the stage where it is larger, and stands in the middle where it is smaller. */
function contained({ scale, x, y }: Zoom, picture: PictureSize, stage: PictureSize): Zoom {
  return {
    scale,
    x: within(x, picture.width * scale, stage.width),
    y: within(y, picture.height * scale, stage.height),
  };
}

function within(at: number, length: number, stage: number): number {
  if (length + 2 * MARGIN <= stage) return (stage - length) / 2;
  return Math.min(MARGIN, Math.max(stage - MARGIN - length, at));
}
