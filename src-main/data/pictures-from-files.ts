/**
 * A picture file of a person → the pixels that a model takes. One-channel models of small squares, as of digits, get what
 * MNIST's makers did: light ink on dark, the ink's longer side scaled to 5/7 of the frame, its centre of mass in the middle.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CodedError, type Shape } from '../contract';
import { pictureSize } from './picture-header';
import { frameOne } from './picture-intake';

/** Larger files and pictures are refused before they are unpacked. */
const MOST_BYTES = 64 * 2 ** 20;
const MOST_PIXELS = 50_000_000;
/** Below this share of the brightest value a pixel is background. */
const INK = 0.15;
/** MNIST: digits fit into 20 of 28 pixels. */
const INK_SHARE = 20 / 28;

/**
 * @param path of a PNG or JPEG file.
 * @param shape `[height, width, channels]` of the model's input; 1 or 3 channels.
 * @returns `height·width·channels` uint8.
 * @throws CodedError `file-missing`, `picture-unknown`, `picture-damaged`, `picture-too-large`
 */
export async function readPictureFile(path: string, shape: Shape): Promise<Uint8Array> {
  const file = basename(path);
  const [height = 1, width = 1, channels = 1] = shape;
  const bytes = await readWhole(path, file);
  const size = pictureSize(bytes);
  if (!size) throw new CodedError('picture-unknown', { file, height, width });
  if (size.width * size.height > MOST_PIXELS) throw tooLarge(file);
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(bytes).catch((error: unknown) => {
    throw new CodedError('picture-damaged', { file }, error);
  });
  const isDrawing = channels === 1 && height === width && height <= 64;
  const scale = Math.min(1, 512 / Math.max(size.width, size.height));
  const target = isDrawing
    ? { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) }
    : { width, height };
  const context = createCanvas(target.width, target.height).getContext('2d');
  // As pictures are framed that come with the data.
  const { pixels } = frameOne(context, image, target);
  if (channels === 3) return pixels;
  const grey = toGrey(context.getImageData(0, 0, target.width, target.height).data);
  return isDrawing ? centreDrawing({ ...target, pixels: grey }, height) : grey;
}

async function readWhole(path: string, file: string): Promise<Buffer> {
  const size = await stat(path).then(
    (entry) => (entry.isFile() ? entry.size : null),
    () => null,
  );
  if (size === null) throw new CodedError('file-missing', { file });
  if (size > MOST_BYTES) throw tooLarge(file);
  return readFile(path);
}

function tooLarge(file: string): CodedError {
  return new CodedError('picture-too-large', { file, most: MOST_PIXELS });
}

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * @param side of the square to make.
 * @returns the drawing in the middle of a dark square; all dark if there is no ink.
 */
export function centreDrawing(picture: Grey, side: number): Uint8Array {
  const ink = asInk(picture);
  const box = inkBox(ink);
  const result = new Uint8Array(side * side);
  if (!box) return result;
  const scale = (side * INK_SHARE) / Math.max(box.right - box.left, box.bottom - box.top);
  const scaled = shrink(ink, box, scale);
  const mass = centreOfMass(scaled);
  // By counting from 0: MNIST's digits have their mass at 14 of 0 to 27, half a pixel beyond the middle.
  const left = Math.round(side / 2 - mass.x);
  const top = Math.round(side / 2 - mass.y);
  for (let y = 0; y < scaled.height; y += 1) {
    for (let x = 0; x < scaled.width; x += 1) {
      const toX = x + left;
      const toY = y + top;
      if (toX < 0 || toY < 0 || toX >= side || toY >= side) continue;
      result[toY * side + toX] = scaled.pixels[y * scaled.width + x] ?? 0;
    }
  }
  return result;
}

/** Light ink on dark: turned round where the border is light. Stretched so that the darkest is 0 and the brightest 255. */
function asInk({ width, height, pixels }: Grey): Grey {
  const border: number[] = [];
  for (const [at, value] of pixels.entries()) {
    const x = at % width;
    const y = Math.floor(at / width);
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) border.push(value);
  }
  border.sort((one, other) => one - other);
  const isLight = (border[border.length >> 1] ?? 0) > 127;
  const turned = isLight ? pixels.map((value) => 255 - value) : pixels;
  let darkest = 255;
  let brightest = 0;
  for (const value of turned) {
    darkest = Math.min(darkest, value);
    brightest = Math.max(brightest, value);
  }
  const range = brightest - darkest;
  return {
    width,
    height,
    pixels:
      range < 16 ? new Uint8Array(pixels.length) : turned.map((value) => Math.round(((value - darkest) / range) * 255)),
  };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box around all ink, right and bottom exclusive; null where there is none. */
function inkBox({ width, height, pixels }: Grey): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const [at, value] of pixels.entries()) {
    if (value <= 255 * INK) continue;
    const x = at % width;
    const y = Math.floor(at / width);
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
  }
  return right > left ? { left, top, right, bottom } : null;
}

/** The box scaled, each new pixel the mean of the area it covers. */
function shrink({ width, pixels }: Grey, box: Box, scale: number): Grey {
  const to = {
    width: Math.max(1, Math.round((box.right - box.left) * scale)),
    height: Math.max(1, Math.round((box.bottom - box.top) * scale)),
  };
  const stepX = (box.right - box.left) / to.width;
  const stepY = (box.bottom - box.top) / to.height;
  const result = new Uint8Array(to.width * to.height);
  for (const at of result.keys()) {
    const x = box.left + (at % to.width) * stepX;
    const y = box.top + Math.floor(at / to.width) * stepY;
    result[at] = Math.round(areaMean(pixels, width, { left: x, top: y, right: x + stepX, bottom: y + stepY }));
  }
  return { ...to, pixels: result };
}

/** Mean of the pixels an area covers, those on its edge in part. */
function areaMean(pixels: Uint8Array, width: number, area: Box): number {
  let sum = 0;
  let weight = 0;
  for (let y = Math.floor(area.top); y < area.bottom - 1e-9; y += 1) {
    const tall = Math.min(y + 1, area.bottom) - Math.max(y, area.top);
    for (let x = Math.floor(area.left); x < area.right - 1e-9; x += 1) {
      const share = tall * (Math.min(x + 1, area.right) - Math.max(x, area.left));
      sum += share * (pixels[y * width + x] ?? 0);
      weight += share;
    }
  }
  return weight > 0 ? sum / weight : 0;
}

function centreOfMass({ width, pixels }: Grey): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (const [at, value] of pixels.entries()) {
    sum += value;
    x += value * (at % width);
    y += value * Math.floor(at / width);
  }
  return sum > 0 ? { x: x / sum, y: y / sum } : { x: 0, y: 0 };
}

/** ITU-R BT.601 luma of RGBA. */
function toGrey(rgba: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(rgba.length / 4);
  for (const at of grey.keys()) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(at * 4, at * 4 + 3);
    grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return grey;
}
