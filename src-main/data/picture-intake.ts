/**
 * Picture files by the thousand → a version's pictures. The files are kept as they came in one pack; from it pixels of one size
 * are made, which is what networks take: the frame. A picture that does not have the frame's shape is shown whole in it, on black.
 */
import { createHash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import type { Image, SKRSContext2D } from '@napi-rs/canvas';
import { join } from 'node:path';
import { z } from 'zod';
import { fitWhole, type PictureSize } from '../catalog/picture-frame';
import { CodedError, fromWireError, toWireError, wireErrorSchema, type Column } from '../contract';
import { BlobWriter } from './blob-writer';
import { Growth } from './growth';
import { PackReader, PackWriter } from './pack';
import { hasEnd, pictureSize } from './picture-header';
import type { Pieces } from './pieces';
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

/** What is noted of each file: bytes, width and height of a picture, or why it was left out. */
const fileSchema = z.union([z.tuple([z.number().int(), z.number().int(), z.number().int()]), wireErrorSchema]);
type FileRecord = z.output<typeof fileSchema>;
/** What is noted of each picture that was decoded: width, height, and 1 where it is grey; null for one that can't be. */
const pixelsSchema = z.tuple([z.number().int(), z.number().int(), z.number().int()]).nullable();
type PixelsRecord = z.output<typeof pixelsSchema>;

export class PictureIntake {
  readonly #folder: string;
  readonly #pieces: Pieces | undefined;
  readonly #growth: Growth<FileRecord>;
  readonly #pack: PackWriter | null;
  readonly #sizes: PictureSize[] = [];

  private constructor(folder: string, pieces: Pieces | undefined, growth: Growth<FileRecord>) {
    this.#folder = folder;
    this.#pieces = pieces;
    this.#growth = growth;
    const lengths: number[] = [];
    for (const record of growth.records) {
      if (!Array.isArray(record)) continue;
      const [bytes, width, height] = record;
      lengths.push(bytes);
      this.#sizes.push({ width, height });
    }
    this.#pack = growth.whole === null ? PackWriter.over(growth.blob, lengths) : null;
  }

  /**
   * @param folder of the blobs. @param paths of all files that are to be added, in their order.
   * @param pieces where files that were added before an interruption are, which are not to be added again.
   */
  static async create(folder: string, paths: readonly string[], pieces?: Pieces): Promise<PictureIntake> {
    const of = createHash('sha256').update(paths.join('\0')).digest('hex');
    const growth = await Growth.open({ name: 'picture-files', of, blobs: folder, record: fileSchema, pieces });
    return new PictureIntake(folder, pieces, growth);
  }

  get count(): number {
    return this.#sizes.length;
  }

  /** Of the files that were added before an interruption: why each was left out, or null. */
  get before(): readonly (CodedError | null)[] {
    return this.#growth.records.map((record) => (Array.isArray(record) ? null : fromWireError(record)));
  }

  /**
   * Takes a file as it is; only its header is looked at.
   * @param read its bytes
   * @throws CodedError `file-of-other-kind`, `picture-too-large`, `picture-damaged`, and what `read` throws; the file is
   * left out then
   */
  async add(file: string, read: () => Promise<Buffer>): Promise<void> {
    try {
      const bytes = await read();
      const size = checkPicture(file, bytes);
      this.#sizes.push(size);
      await this.#pack?.append(bytes);
      this.#growth.note([bytes.length, size.width, size.height]);
    } catch (error) {
      if (error instanceof CodedError) this.#growth.note(toWireError(error));
      throw error;
    } finally {
      await this.#growth.keepIfDue();
    }
  }

  /**
   * Decodes all that was added.
   * @returns the column's picture facts, and each place's picture, null where it can't be decoded (its pixels are black)
   */
  async develop(
    context: SourceContext,
  ): Promise<{ image: NonNullable<Column['image']>; taken: (TakenPicture | null)[] }> {
    const originals = this.#growth.whole ?? (await this.#finishPack());
    const frame = chooseFrame(this.#sizes);
    const [folder, pieces] = [this.#folder, this.#pieces];
    const pixels = await Growth.open({ name: 'pixels', of: originals, blobs: folder, record: pixelsSchema, pieces });
    const pack = await PackReader.open(join(this.#folder, originals));
    try {
      const records = [...pixels.records];
      if (pixels.whole === null) await this.#decode(pack, frame, { pixels, records }, context);
      const colour = pixels.whole ?? (await pixels.finish());
      const isGrey = records.every((record) => record === null || record[2] === 1);
      const blob = isGrey ? await this.#withOneChannel(colour, frame, pixels) : colour;
      const taken = records.map((record, place) => record && { place, width: record[0], height: record[1] });
      return { image: { ...frame, channels: isGrey ? 1 : 3, blob, originals }, taken };
    } finally {
      await pixels.close();
      await this.#growth.close();
      await pack.close();
    }
  }

  /** For an import that is given up. */
  discard(): Promise<void> {
    return this.#growth.close();
  }

  async #finishPack(): Promise<string> {
    await this.#pack?.close();
    return this.#growth.finish();
  }

  /** The blob of three equal channels becomes one of one, unless that was done before an interruption. */
  async #withOneChannel(colour: string, frame: PictureSize, pixels: Growth<PixelsRecord>): Promise<string> {
    const bytes = frame.width * frame.height * this.count;
    if ((await stat(join(this.#folder, colour))).size === bytes) return colour;
    const grey = await toOneChannel(this.#folder, colour);
    await pixels.replace(grey, bytes);
    await rm(join(this.#folder, colour));
    return grey;
  }

  async #decode(
    pack: PackReader,
    frame: PictureSize,
    { pixels: growth, records }: { readonly pixels: Growth<PixelsRecord>; readonly records: PixelsRecord[] },
    context: SourceContext,
  ): Promise<void> {
    const { createCanvas, loadImage } = await import('@napi-rs/canvas');
    const canvas = createCanvas(frame.width, frame.height).getContext('2d');
    canvas.imageSmoothingQuality = 'high';
    for (const count of this.#batches(records.length)) {
      context.signal.throwIfAborted();
      const files = await pack.readRun(records.length, count);
      const pictures = await Promise.all(files.map((bytes) => loadImage(bytes).catch(() => null)));
      for (const picture of pictures) {
        const { pixels, grey } = frameOne(canvas, picture, frame);
        await growth.blob.append(pixels);
        const record: PixelsRecord = picture && [picture.width, picture.height, Number(grey)];
        growth.note(record);
        records.push(record);
      }
      await growth.keepIfDue();
      context.progress({ stage: 'pictures', done: records.length, total: this.count, unit: 'pictures' });
    }
  }

  /** How many pictures each time, from the first on: as many as may stand in memory unpacked. */
  *#batches(first: number): Generator<number> {
    let count = 0;
    let pixels = 0;
    for (const { width, height } of this.#sizes.slice(first)) {
      if (count === MOST_IN_BATCH || (count > 0 && pixels + width * height > BATCH_PIXELS)) {
        yield count;
        count = 0;
        pixels = 0;
      }
      count += 1;
      pixels += width * height;
    }
    if (count > 0) yield count;
  }
}

/** @throws CodedError as `add` */
function checkPicture(file: string, bytes: Buffer): PictureSize {
  const size = pictureSize(bytes);
  if (!size) throw new CodedError('file-of-other-kind', { file });
  if (bytes.length > MOST_BYTES || size.width * size.height > MOST_PIXELS) {
    throw new CodedError('picture-too-large', { file, most: MOST_PIXELS });
  }
  if (!hasEnd(bytes)) throw new CodedError('picture-damaged', { file });
  return size;
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

/** Colour pixels whose three channels are all equal → a blob of one channel. */
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
  }
}
