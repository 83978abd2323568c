/**
 * Where a picture of lines that was drawn before lies in a chart whose axes have moved on since. Both axes are straight in
 * pixels (a logarithmic one in the logarithm), so that a picture is moved and stretched and every point of it stays at its
 * value: what the axes say of it is right in every frame, and only its sharpness waits.
 */
import type { Range } from './decimate';

/** A part of both axes, and the pixels that it is drawn in. */
export interface Sight {
  readonly x: Range;
  readonly y: Range;
  readonly logarithmic: boolean;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is copied, in shares of the picture, and to where. */
export interface Piece {
  readonly from: Box;
  readonly to: Box;
}

/** The pixel of a value on an axis from 0 to `length`; upright axes are asked with their range turned round. */
export function pixelOn({ from, to }: Range, length: number, logarithmic: boolean): (value: number) => number {
  const place = logarithmic ? Math.log10 : (value: number) => value;
  const [start, end] = [place(from), place(to)];
  return (value) => ((place(value) - start) / (end - start)) * length;
}

/** The other way round. */
function valueAt({ from, to }: Range, length: number, logarithmic: boolean): (pixel: number) => number {
  if (!logarithmic) return (pixel) => from + ((to - from) * pixel) / length;
  return (pixel) => from * (to / from) ** (pixel / length);
}

/**
 * The area of the lines, out to whole pixels, so that a picture of it is copied without being smeared.
 * @param x range of the area from left to right. @param y from bottom to top.
 */
export function sightOf(area: Box, { x, y, logarithmic }: Pick<Sight, 'x' | 'y' | 'logarithmic'>): Sight {
  const whole = wholePixels(area);
  const across = valueAt(x, area.right - area.left, false);
  const up = valueAt(y, area.bottom - area.top, logarithmic);
  return {
    x: { from: across(whole.left - area.left), to: across(whole.right - area.left) },
    y: { from: up(area.bottom - whole.bottom), to: up(area.bottom - whole.top) },
    ...{ logarithmic, width: whole.right - whole.left, height: whole.bottom - whole.top },
  };
}

export function wholePixels({ left, top, right, bottom }: Box): Box {
  return { left: Math.floor(left), top: Math.floor(top), right: Math.ceil(right), bottom: Math.ceil(bottom) };
}

/** Where values of a sight lie, from its upper left corner. */
export function pixelsOf({ x, y, logarithmic, width, height }: Sight) {
  return {
    x: pixelOn(x, width, false),
    y: pixelOn({ from: y.to, to: y.from }, height, logarithmic),
  };
}

/** The box that a picture fills in what is in view now, from the upper left corner of that. */
export function placed(picture: Sight, now: Sight): Box {
  const at = pixelsOf(now);
  return {
    left: at.x(picture.x.from),
    right: at.x(picture.x.to),
    top: at.y(picture.y.to),
    bottom: at.y(picture.y.from),
  };
}

/** The piece of a picture in a box that lies within a part of the view; null where none does. */
export function pieceWithin(box: Box, part: Box): Piece | null {
  const to = {
    left: Math.max(box.left, part.left),
    right: Math.min(box.right, part.right),
    top: Math.max(box.top, part.top),
    bottom: Math.min(box.bottom, part.bottom),
  };
  if (!(to.right > to.left && to.bottom > to.top)) return null;
  const across = (x: number) => (x - box.left) / (box.right - box.left);
  const down = (y: number) => (y - box.top) / (box.bottom - box.top);
  return { from: { left: across(to.left), right: across(to.right), top: down(to.top), bottom: down(to.bottom) }, to };
}

/** The view in parts: what a box covers, and what lies to the left and to the right of it; they meet at whole pixels. */
export function divided(box: Box, view: Box): { within: Box; besides: Box[] } {
  const left = Math.min(view.right, Math.max(view.left, Math.ceil(box.left)));
  const right = Math.max(left, Math.min(view.right, Math.floor(box.right)));
  const besides = [
    { ...view, right: left },
    { ...view, left: right },
  ];
  return { within: { ...view, left, right }, besides: besides.filter((part) => part.right > part.left) };
}

/** How often wider than the view a picture for moving about is, and how much higher at most. */
const [WIDER, MOST_HIGHER] = [2, 2];

/** The view with as much again around it as a hand moves in a moment, within what there is. */
export function widened(view: Sight, whole: Range, heights: (range: Range) => Range): Sight {
  const more = ((view.x.to - view.x.from) * (WIDER - 1)) / 2;
  const x = {
    from: Math.max(Math.min(whole.from, view.x.from), view.x.from - more),
    to: Math.min(Math.max(whole.to, view.x.to), view.x.to + more),
  };
  const y = heights(x);
  const box = placed({ ...view, x, y }, view);
  return {
    ...{ x, y, logarithmic: view.logarithmic, width: Math.round(box.right - box.left) },
    height: Math.round(Math.min(box.bottom - box.top, view.height * MOST_HIGHER)),
  };
}

/** Whether a picture shows the view as it would be drawn anew, to within half a pixel. */
export function isSharp(picture: Sight, now: Sight): boolean {
  const box = placed(picture, now);
  const off = [box.left, box.top, box.right - now.width, box.bottom - now.height];
  return picture.width === now.width && picture.height === now.height && off.every((pixels) => Math.abs(pixels) < 0.5);
}

/** Stretched by more than this, up or down, a picture is drawn anew also while the view moves. */
const COARSE = 1.5;

/** Whether a picture will do for a view that moves: it reaches over it and is not stretched much. */
export function isGoodEnough(picture: Sight, now: Sight): boolean {
  const box = placed(picture, now);
  const stretch = (box.right - box.left) / picture.width;
  return box.left <= 0 && box.right >= now.width && stretch < COARSE && stretch > 1 / COARSE;
}
