/**
 * Marks of small charts, drawn alike as SVG (`Drawing.svelte`) and on a canvas, so that what is seen and the picture that is
 * saved come from one list.
 */
import { tokenColor } from '../ui/theme';
import type { Axis } from './axis';

export type Token = `--${string}`;

interface Told {
  /** What a pointer or a screen reader is told; marks without are only for the eye. */
  readonly title?: string;
  /** Marks with a key can be chosen. */
  readonly key?: string;
  readonly colour: Token;
  /** 0–1; 1 where absent. */
  readonly opacity?: number;
}

export type Mark =
  | (Told & {
      readonly kind: 'line';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly width: number;
      readonly dash?: readonly number[];
    })
  | (Told & { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly radius: number })
  | (Told & {
      readonly kind: 'bar';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    })
  | (Told & {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly anchor?: 'start' | 'middle' | 'end';
      readonly isBold?: boolean;
    });

export const textSize = 11;

/** Where a horizontal axis lies: from `left` over `room` pixels, its numbers below `bottom`. */
interface AxisPlace {
  readonly left: number;
  readonly room: number;
  readonly bottom: number;
  readonly format: (value: number) => string;
}

/** A line up from each tick, and its number below. */
export function tickMarks(axis: Axis, { left, room, bottom, format }: AxisPlace): Mark[] {
  return axis.ticks.flatMap(({ value, at }): Mark[] => {
    const x = left + at * room;
    const points: [number, number][] = [
      [x, 0],
      [x, bottom],
    ];
    const text = format(Number(value));
    return [
      { kind: 'line', colour: '--border', width: 1, points },
      { kind: 'text', colour: '--text-muted', x, y: bottom + 14, text, anchor: 'middle' },
    ];
  });
}

/** The marks as a picture, twice as fine as on screen. */
export function paint(marks: readonly Mark[], width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.scale(2, 2);
  const colours = new Map([...new Set(marks.map(({ colour }) => colour))].map((token) => [token, tokenColor(token)]));
  const ground = tokenColor('--surface-1');
  const family = getComputedStyle(document.body).fontFamily;
  for (const mark of marks) {
    context.globalAlpha = mark.opacity ?? 1;
    context.fillStyle = context.strokeStyle = colours.get(mark.colour) ?? 'black';
    context.font = `${mark.kind === 'text' && mark.isBold ? '600 ' : ''}${textSize}px ${family}`;
    paintMark(context, mark, ground);
  }
  return canvas;
}

const alignments = { start: 'left', middle: 'center', end: 'right' } as const;

function paintMark(context: CanvasRenderingContext2D, mark: Mark, ground: string): void {
  if (mark.kind === 'bar') context.fillRect(mark.x, mark.y, mark.width, mark.height);
  else if (mark.kind === 'text') {
    context.textAlign = alignments[mark.anchor ?? 'start'];
    context.save();
    context.strokeStyle = ground;
    context.lineWidth = 3;
    context.setLineDash([]);
    context.strokeText(mark.text, mark.x, mark.y);
    context.restore();
    context.fillText(mark.text, mark.x, mark.y);
  } else if (mark.kind === 'dot') {
    context.beginPath();
    context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
    context.fill();
  } else {
    context.setLineDash([...(mark.dash ?? [])]);
    context.lineWidth = mark.width;
    context.beginPath();
    for (const [x, y] of mark.points) context.lineTo(x, y);
    context.stroke();
  }
}

/** About as wide as a character is drawn: those of Chinese take a square. */
const [narrow, wide] = [6.2, textSize];
const firstWide = 0x2e80;

/** Cuts a label to about so many pixels. */
export function fitText(label: string, width: number): string {
  const signs = [...label];
  const room = Math.max(3 * narrow, width);
  let taken = 0;
  const fits = signs.findIndex((sign) => {
    taken += (sign.codePointAt(0) ?? 0) >= firstWide ? wide : narrow;
    return taken > room;
  });
  return fits === -1 ? label : `${signs.slice(0, Math.max(1, fits - 1)).join('')}…`;
}
