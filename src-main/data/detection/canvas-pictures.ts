/** Pictures of a version drawn on a canvas of one size: from the files as they came, else from the pixels that were kept. */
import type { Canvas, Image } from '@napi-rs/canvas';
import type { PictureSize } from '../../catalog/picture-frame';
import type { DatasetVersion } from '../../contract';
import { openOriginals, type Originals } from '../originals';
import type { LibraryPaths } from '../paths';
import { readPictures } from '../pictures';
import type { PictureView } from './picture-view';

/** As the network's own edges: values of zero, after its mean is taken off. */
const PAPER = '#7f7f7f';

export interface CanvasPicture {
  readonly size: PictureSize;
  /** `height × width × 3` of the canvas. */
  draw(view: PictureView): Uint8Array;
}

export interface CanvasPictures {
  /** Null where the row has no picture, or its file can't be decoded. */
  open(row: number): Promise<CanvasPicture | null>;
  close(): Promise<void>;
}

/** @throws CodedError as `openOriginals` */
export async function openCanvasPictures(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  canvas: PictureSize,
): Promise<CanvasPictures> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const originals = await openOriginals(library, version, column);
  const context = createCanvas(canvas.width, canvas.height).getContext('2d');
  context.imageSmoothingQuality = 'high';
  return {
    async open(row) {
      const picture = await (originals ? fromFile(originals, row) : fromPixels(library, version, column, row));
      if (!picture) return null;
      return {
        size: { width: picture.width, height: picture.height },
        draw({ x, y, width, height, mirrored }) {
          context.setTransform(1, 0, 0, 1, 0, 0);
          context.fillStyle = PAPER;
          context.fillRect(0, 0, canvas.width, canvas.height);
          if (mirrored) context.setTransform(-1, 0, 0, 1, 2 * x + width, 0);
          // Transparency is read as white paper.
          context.fillStyle = '#fff';
          context.fillRect(x, y, width, height);
          context.drawImage(picture, x, y, width, height);
          return withoutAlpha(context.getImageData(0, 0, canvas.width, canvas.height).data);
        },
      };
    },
    close: async () => originals?.close(),
  };
}

async function fromFile(originals: Originals, row: number): Promise<Image | null> {
  const { loadImage } = await import('@napi-rs/canvas');
  const bytes = await originals.read(row);
  return bytes && loadImage(bytes).catch(() => null);
}

async function fromPixels(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  row: number,
): Promise<Canvas | null> {
  const { createCanvas, ImageData } = await import('@napi-rs/canvas');
  const { width, height, channels, pixels } = await readPictures(library, version, column, [row]);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      rgba[4 * at + channel] = pixels[at * channels + (channels === 1 ? 0 : channel)] ?? 0;
    }
  }
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    pixels[to] = rgba[from] ?? 0;
    pixels[to + 1] = rgba[from + 1] ?? 0;
    pixels[to + 2] = rgba[from + 2] ?? 0;
  }
  return pixels;
}
