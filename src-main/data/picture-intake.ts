/**
 * Picture files by the thousand → a version's pictures. The files are kept as they came in one pack; from it pixels of one size
 * are made, which is what networks take: the frame. A picture that does not have the frame's shape is shown whole in it, on black.
 */
import { open, rm } from 'node:fs/promises';
import type { Image, SKRSContext2D } from '@napi-rs/canvas';
import { join } from 'node:path';
import { fitWhole, type PictureSize } from '../catalog/picture-frame';
import { CodedError, type Column } from '../contract';
import { BlobWriter } from './blob-writer';
import { PackReader, PackWriter } from './pack';
import { hasEnd, pictureSize } from './picture-header';
import type { SourceContext } from './source';

/** A file or picture above these is left out before it is unpacked. */
const MOST_BYTES = 64 << 20;
const MOST_PIXELS = 50_000_000;
/** Pixels that are decoded at a time: 4 bytes each, twice. */
const BATCH_PIXELS = 16_000_000;
const MOST_IN_BATCH = 32;
/** Sides of frames that do not follow from the pictures alone; the largest at which all pictures take this many bytes at most. */
const FRAME_SIDES = [224, 160, 128, 96, 64, 48, 32];
const MOST_FRAME_BYTES = 1 << 30;
/** Pictures that are all of one size up to this stay as they are. */
const LARGEST_NATIVE = 256;
/** Sides' ratios that differ by less are taken for one: cameras and scalers round. */
const SAME_RATIO = 0.02;

/** What became of a file: its place in pack and pixels, and how large the picture is, upright. */
export interface TakenPicture {
  readonly place: number;
  readonly width: number;
  readonly height: number;
}

export class PictureIntake {
  readonly #folder: string;
  readonly #pack: PackWriter;
  readonly #sizes: PictureSize[] = [];

  private constructor(folder: string, pack: PackWriter) {
    this.#folder = folder;
    this.#pack = pack;
  }

  /** @param folder of the blobs. */
  static async create(folder: string): Promise<PictureIntake> {
    return new PictureIntake(folder, await PackWriter.create(folder));
  }

  get count(): number {
    return this.#sizes.length;
  }

  /**
   * Takes a file as it is; only its header is looked at.
   * @returns its place
   * @throws CodedError `file-of-other-kind`, `picture-too-large`, `picture-damaged`
   */
  async add(file: string, bytes: Buffer): Promise<number> {
    const size = pictureSize(bytes);
    if (!size) throw new CodedError('file-of-other-kind', { file });
    if (bytes.length > MOST_BYTES || size.width * size.height > MOST_PIXELS) {
      throw new CodedError('picture-too-large', { file, most: MOST_PIXELS });
    }
    if (!hasEnd(bytes)) throw new CodedError('picture-damaged', { file });
    this.#sizes.push(size);
    return this.#pack.append(bytes);
  }

  /**
   * Decodes all that was added.
   * @returns the column's picture facts, and each place's picture, null where it can't be decoded (its pixels are black)
   */
  async develop(
    context: SourceContext,
  ): Promise<{ image: NonNullable<Column['image']>; taken: (TakenPicture | null)[] }> {
    const originals = await this.#pack.finish();
    const frame = chooseFrame(this.#sizes);
    const pack = await PackReader.open(join(this.#folder, originals));
    const output = await BlobWriter.create(this.#folder);
    try {
      const developed = await this.#decode(pack, frame, output, context);
      const colour = await output.finish();
      const blob = developed.isGrey ? await toOneChannel(this.#folder, colour) : colour;
      const channels = developed.isGrey ? 1 : 3;
      return { image: { ...frame, channels, blob, originals }, taken: developed.taken };
    } catch (error) {
      await output.discard();
      throw error;
    } finally {
      await pack.close();
    }
  }

  /** For an import that is given up. */
  discard(): Promise<void> {
    return this.#pack.discard();
  }

  async #decode(pack: PackReader, frame: PictureSize, output: BlobWriter, context: SourceContext) {
    const { createCanvas, loadImage } = await import('@napi-rs/canvas');
    const canvas = createCanvas(frame.width, frame.height).getContext('2d');
    canvas.imageSmoothingQuality = 'high';
    const taken: (TakenPicture | null)[] = [];
    let isGrey = true;
    for (const batch of this.#batches()) {
      context.signal.throwIfAborted();
      const pictures = await Promise.all(
        batch.map(async (place) => loadImage(await pack.read(place)).catch(() => null)),
      );
      for (const [index, picture] of pictures.entries()) {
        const { pixels, grey } = frameOne(canvas, picture, frame);
        isGrey &&= grey;
        await output.append(pixels);
        taken.push(picture ? { place: batch[index] ?? 0, width: picture.width, height: picture.height } : null);
      }
      context.progress({ stage: 'pictures', done: taken.length, total: this.count, unit: 'pictures' });
    }
    return { taken, isGrey };
  }

  /** Places in order, as many at a time as may stand in memory unpacked. */
  *#batches(): Generator<number[]> {
    let batch: number[] = [];
    let pixels = 0;
    for (const [place, { width, height }] of this.#sizes.entries()) {
      if (batch.length === MOST_IN_BATCH || (batch.length > 0 && pixels + width * height > BATCH_PIXELS)) {
        yield batch;
        batch = [];
        pixels = 0;
      }
      batch.push(place);
      pixels += width * height;
    }
    if (batch.length > 0) yield batch;
  }
}

/**
 * The size that all pictures get: their own where it is one and small; else of their common shape, or square where they have
 * none, with the longer side as large as memory makes sense of.
 */
export function chooseFrame(sizes: readonly PictureSize[]): PictureSize {
  const [first = { width: 1, height: 1 }] = sizes;
  const isOne = sizes.every(({ width, height }) => width === first.width && height === first.height);
  if (isOne && Math.max(first.width, first.height) <= LARGEST_NATIVE) return first;
  const ratio = first.width / first.height;
  const isOneShape = sizes.every(({ width, height }) => Math.abs(width / height / ratio - 1) < SAME_RATIO);
  const shape = isOneShape ? { x: Math.min(1, ratio), y: Math.min(1, 1 / ratio) } : { x: 1, y: 1 };
  const sides = sizes.map(({ width, height }) => Math.max(width, height)).sort((one, other) => one - other);
  const median = sides[sides.length >> 1] ?? 1;
  const bytesAt = (side: number) => 3 * shape.x * shape.y * side * side * sizes.length;
  const side = FRAME_SIDES.find((each) => each <= median && bytesAt(each) <= MOST_FRAME_BYTES) ?? 32;
  return { width: Math.max(1, Math.round(side * shape.x)), height: Math.max(1, Math.round(side * shape.y)) };
}

/** One picture's pixels in the frame, three channels each; black where it could not be decoded. */
export function frameOne(
  canvas: SKRSContext2D,
  picture: Image | null,
  frame: PictureSize,
): { pixels: Uint8Array; grey: boolean } {
  canvas.fillStyle = '#000';
  canvas.fillRect(0, 0, frame.width, frame.height);
  if (picture) {
    const at = fitWhole({ width: picture.width, height: picture.height }, frame);
    // Transparency is read as white paper.
    canvas.fillStyle = '#fff';
    canvas.fillRect(at.x, at.y, at.width, at.height);
    canvas.drawImage(picture, at.x, at.y, at.width, at.height);
  }
  return toColour(canvas.getImageData(0, 0, frame.width, frame.height).data);
}

function toColour(rgba: Uint8ClampedArray): { pixels: Uint8Array; grey: boolean } {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  let grey = true;
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const red = rgba[from] ?? 0;
    const green = rgba[from + 1] ?? 0;
    const blue = rgba[from + 2] ?? 0;
    pixels[to] = red;
    pixels[to + 1] = green;
    pixels[to + 2] = blue;
    grey &&= red === green && green === blue;
  }
  return { pixels, grey };
}

/** Colour pixels whose three channels are all equal → one channel, and the three-channel blob goes. */
async function toOneChannel(folder: string, colour: string): Promise<string> {
  const input = await open(join(folder, colour));
  const output = await BlobWriter.create(folder);
  try {
    for (;;) {
      const { buffer, bytesRead } = await input.read(new Uint8Array(3 << 20), 0, 3 << 20);
      if (bytesRead === 0) break;
      await output.append(buffer.subarray(0, bytesRead).filter((_, at) => at % 3 === 0));
    }
    return await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  } finally {
    await input.close();
    await rm(join(folder, colour));
  }
}
