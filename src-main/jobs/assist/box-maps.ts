/**
 * What the frozen backbone sees in the pictures of a version: of every row once, kept in the cache where there are not too many;
 * and of changed copies of pictures whose boxes are known, so that a handful teaches more.
 */
import { createHash } from 'node:crypto';
import type { PictureSize } from '../../catalog/picture-frame';
import type { Column, DatasetVersion } from '../../contract';
import { openCanvasPictures, type CanvasPictures } from '../../data/detection/canvas-pictures';
import { changedView, wholeView, type PictureView } from '../../data/detection/picture-view';
import { openCached } from '../../data/open-prepared';
import { randomSource } from '../../data/random';
import type { RowFile } from '../../data/row-file';
import { coarsestStride, mapValues, openFeatureMaps, type FeatureMaps } from '../../engine/detection/feature-maps';
import type { TensorFlow } from '../../engine/tf';
import type { JobContext } from '../definition';
import { placeOfTensors } from '../training/training-data';

/** Pictures at once: the first maps of each take some 20 MB. */
const AT_ONCE = 8;
/** Longest side of the canvas: half of the most would lose small things, twice of it takes four times as long. */
const SIDES = { least: 128, most: 320 };
/** Frames from this side on are of pictures that may be larger: they get the whole canvas. */
const LARGE_FRAME = 160;
/** Maps of more rows are not kept: half a megabyte each. */
const MOST_KEPT = 2000;
/** To be raised when the same picture gives other maps than before. */
const MAKING = 1;
/** What follows the maps of a row that is kept: width and height of the picture, 0 where it can't be read. */
const SIZE_VALUES = 2;

type PictureColumn = Column & { readonly image: NonNullable<Column['image']> };

/** A picture as it was drawn, and what was seen in it. */
export interface SeenPicture {
  readonly view: PictureView;
  readonly maps: Float32Array;
}

export interface BoxMaps {
  readonly canvas: PictureSize;
  /** Rows as they are, some at a time, in their order; null for a picture that can't be read. @throws the signal's reason */
  whole(rows: Int32Array): AsyncGenerator<readonly (SeenPicture | null)[]>;
  /** Copies of a row that are larger or smaller, moved and mirrored; none of a picture that can't be read. */
  changed(row: number, copies: number): Promise<SeenPicture[]>;
  close(): Promise<void>;
}

/** @throws CodedError `pretrained-unreadable`, `prepared-no-space`, `disk-full`, as `openCanvasPictures`; the signal's reason */
export async function openBoxMaps(
  tf: TensorFlow,
  version: DatasetVersion,
  column: PictureColumn,
  context: JobContext,
): Promise<BoxMaps> {
  const canvas = canvasOf(column.image);
  const pictures = await openCanvasPictures(context.library, version, column.name, canvas);
  let backbone: FeatureMaps | null = null;
  let kept: RowFile | null = null;
  const close = async () => {
    backbone?.dispose();
    await Promise.all([pictures.close(), kept?.close()]);
  };
  try {
    const maker = { pictures, backbone: (backbone = openFeatureMaps(tf, context.resources, canvas)), canvas };
    if (version.rowCount <= MOST_KEPT) kept = await openKept(maker, version, column, context);
    const file = kept;
    return {
      canvas,
      whole: (rows) => (file ? fromFile(file, rows, canvas, context) : seenNow(maker, rows, context)),
      changed: (row, copies) => changedCopies(maker, row, copies),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of the common shape of all pictures, which their frame has; whole cells. */
function canvasOf({ width, height }: PictureColumn['image']): PictureSize {
  const longest = Math.max(width, height);
  const side = longest >= LARGE_FRAME ? SIDES.most : Math.max(SIDES.least, Math.min(SIDES.most, 2 * longest));
  const inCells = (own: number) => Math.max(1, Math.ceil((side * own) / longest / coarsestStride)) * coarsestStride;
  return { width: inCells(width), height: inCells(height) };
}

interface Maker {
  readonly pictures: CanvasPictures;
  readonly backbone: FeatureMaps;
  readonly canvas: PictureSize;
}

/** @returns maps, then width and height, of each row. */
async function make({ pictures, backbone, canvas }: Maker, rows: Int32Array): Promise<Float32Array> {
  const size = mapValues(canvas);
  const pixels = new Uint8Array(rows.length * canvas.width * canvas.height * 3);
  const made = new Float32Array(rows.length * (size + SIZE_VALUES));
  for (const [at, row] of rows.entries()) {
    const picture = await pictures.open(row);
    if (!picture) continue;
    pixels.set(picture.draw(wholeView(picture.size, canvas)), (at * pixels.length) / rows.length);
    made.set([picture.size.width, picture.size.height], (at + 1) * (size + SIZE_VALUES) - SIZE_VALUES);
  }
  const maps = await backbone.of(pixels, rows.length);
  for (const at of rows.keys()) made.set(maps.subarray(at * size, (at + 1) * size), at * (size + SIZE_VALUES));
  return made;
}

/** @returns null where the disk has no room. */
async function openKept(
  maker: Maker,
  version: DatasetVersion,
  { name, image }: PictureColumn,
  { library, signal, progress }: JobContext,
): Promise<RowFile | null> {
  const { canvas } = maker;
  const recipe = JSON.stringify(['box-maps', MAKING, version.id, name, image.originals ?? image.blob, canvas]);
  const key = createHash('sha256').update(recipe).digest('hex');
  const size = mapValues(canvas) + SIZE_VALUES;
  const rows = version.rowCount;
  const options = { place: placeOfTensors(library), signal };
  const shape = { key, type: 'float32', rows, size } as const;
  const { opened } = await openCached(shape, version.datasetName, options, async (append) => {
    for (let done = 0; done < rows; done += AT_ONCE) {
      progress({ stage: 'features', done, total: rows, unit: 'rows' });
      await append(await make(maker, rangeOf(done, Math.min(rows, done + AT_ONCE))));
    }
  });
  return opened;
}

function rangeOf(first: number, end: number): Int32Array {
  return Int32Array.from({ length: end - first }, (_, at) => first + at);
}

async function* fromFile(file: RowFile, rows: Int32Array, canvas: PictureSize, { signal }: JobContext) {
  for (let first = 0; first < rows.length; first += AT_ONCE) {
    await new Promise(setImmediate);
    signal.throwIfAborted();
    const some = rows.slice(first, first + AT_ONCE);
    yield seenIn(Float32Array.from(file.take(some)), some.length, canvas);
  }
}

async function* seenNow(maker: Maker, rows: Int32Array, { signal }: JobContext) {
  for (let first = 0; first < rows.length; first += AT_ONCE) {
    signal.throwIfAborted();
    const some = rows.subarray(first, first + AT_ONCE);
    yield seenIn(await make(maker, some), some.length, maker.canvas);
  }
}

function seenIn(made: Float32Array, rows: number, canvas: PictureSize): (SeenPicture | null)[] {
  const size = made.length / rows;
  return Array.from({ length: rows }, (_, at) => {
    const own = made.subarray(at * size, (at + 1) * size);
    const [width = 0, height = 0] = own.subarray(-SIZE_VALUES);
    if (width === 0) return null;
    return { view: wholeView({ width, height }, canvas), maps: own.subarray(0, -SIZE_VALUES) };
  });
}

async function changedCopies(
  { pictures, backbone, canvas }: Maker,
  row: number,
  copies: number,
): Promise<SeenPicture[]> {
  const picture = copies > 0 ? await pictures.open(row) : null;
  if (!picture) return [];
  const random = randomSource(row, 17);
  const views = Array.from({ length: copies }, () => changedView(picture.size, canvas, random));
  const bytes = canvas.width * canvas.height * 3;
  const pixels = new Uint8Array(copies * bytes);
  for (const [at, view] of views.entries()) pixels.set(picture.draw(view), at * bytes);
  const maps = await backbone.of(pixels, copies);
  return views.map((view, at) => ({
    view,
    maps: maps.slice((at * maps.length) / copies, ((at + 1) * maps.length) / copies),
  }));
}
