/**
 * A version under a setup as training takes it, however large: pictures are read from the blob where they lie, a table is
 * prepared into the cache first, in bounded memory, and only what fits a share of memory is to be read as a whole.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { availableMemory } from 'node:process';
import { CodedError, type DataSetup, type DatasetVersion } from '../contract';
import { findColumn } from './columns';
import { exampleSize } from './encode';
import { openForecast } from './forecast/open';
import { isForecast } from './forecast/read';
import { blobFile, type LibraryPaths } from './paths';
import { pictureIndices } from './pictures';
import { keepsPixels, pictureRecipe } from './picture-recipe';
import { allInputs, fitData, readInputs, tableRows } from './prepare';
import type { Preparation, PreparedData } from './prepared';
import { RowFile } from './row-file';
import { findTensor, makeRoom, makeTensor, type FillTensor, type TensorPlace } from './tensor-cache';
import { fileBytesOf, headerBytes, rowBytesOf, type TensorShape } from './tensor-file';

/**
 * Share of the memory that is free which inputs may take to stay there. While they are handed to TensorFlow they are there
 * twice, so that a quarter means half; the rest is for the network, its activations and other programs.
 */
export const residentShare = 0.25;

/** Pictures that are changed in one go. */
const PICTURES_AT_ONCE = 256;

/** To be raised when the same recipe gives other numbers than before. */
const ENCODING = 1;

export interface OpenOptions {
  readonly place: TensorPlace;
  readonly signal: AbortSignal;
  /** Rows prepared so far, while they are: from 0 to all of them, or never where they were prepared before. */
  progress(done: number, total: number): void;
  /** Other than `residentShare`, for tests: 0 reads everything batch by batch. */
  readonly share?: number;
}

export interface OpenedData extends PreparedData {
  /** Bytes that the inputs take in the cache; 0 where they are read as they lie, or are in memory alone. */
  readonly cached: number;
  /** Ends reading and closes the files. */
  close(): Promise<void>;
}

/**
 * @throws CodedError as `fitData`, of time steps as `openForecast`; `row-missing`, `pictures-cut`; `prepared-no-space`, `disk-full`
 */
export async function openPrepared(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
  options: OpenOptions,
): Promise<OpenedData> {
  // Steps are few bytes and made anew.
  if (isForecast(setup)) return { ...(await openForecast(library, version, setup)), cached: 0 };
  const fitted = await fitData(library, version, setup);
  options.signal.throwIfAborted();
  const opened = await openInputs(library, version, fitted.preparation, options);
  return { ...fitted, ...opened };
}

/** The inputs of all rows by a recipe that is fitted already. @throws CodedError as `openPrepared` */
export async function openInputs(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
  options: OpenOptions,
): Promise<Pick<OpenedData, 'inputs' | 'cached' | 'close'>> {
  const pictures = pictureRecipe(preparation);
  const isBlob = pictures !== null && keepsPixels(pictures);
  const inputs = isBlob
    ? await openPictures(library, version, preparation, options)
    : await openMade(library, version, preparation, options);
  const cached = isBlob || !(inputs instanceof RowFile) ? 0 : fileBytesOf(madeShape(version, preparation));
  return { inputs, cached, close: () => (inputs instanceof RowFile ? inputs.close() : Promise.resolve()) };
}

function isResident(bytes: number, { share = residentShare }: Pick<OpenOptions, 'share'>): boolean {
  return bytes <= share * availableMemory();
}

/** Pixels lie in their blob as the network takes them: nothing is copied. */
async function openPictures(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
  options: OpenOptions,
): Promise<RowFile> {
  const { column, index } = findColumn(version, preparation.inputs[0]?.column ?? '');
  if (!column.image) throw new CodedError('column-without-pictures', { column: column.name });
  const pictures = await pictureIndices(library, version, index);
  const missing = pictures.findIndex((picture) => picture < 0);
  const dataset = version.datasetName;
  if (missing >= 0) throw new CodedError('row-missing', { row: missing, dataset, last: version.rowCount - 1 });
  const rowBytes = exampleSize(preparation);
  const fd = openSync(blobFile(library, column.image.blob), 'r');
  const rows = Math.floor(fstatSync(fd).size / rowBytes);
  if (pictures.some((picture) => picture >= rows)) {
    closeSync(fd);
    throw new CodedError('pictures-cut', { dataset });
  }
  const inOrder = rows === pictures.length && pictures.every((picture, row) => picture === row);
  const positions = inOrder ? undefined : pictures;
  const resident = isResident(rows * rowBytes, options);
  return new RowFile({ fd, offset: 0, rowBytes, rows, type: 'uint8', resident, positions, dataset });
}

/** A table as float32 rows, or pictures of another size as uint8 ones, in the cache; in memory alone where it is small and the disk has no room for it. */
async function openMade(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
  options: OpenOptions,
): Promise<RowFile | Uint8Array | Float32Array> {
  const shape = madeShape(version, preparation);
  const fillIt: FillTensor = (append) => fill(library, version, preparation, options, append);
  const { opened } = await openCached(shape, version.datasetName, options, fillIt);
  return opened ?? allInputs(library, version, preparation);
}

/**
 * A tensor of the cache, made where it is not there yet.
 * @returns null where it is small enough for memory and the disk has no room for it; whether it had to be made.
 * @throws CodedError `prepared-no-space`, `disk-full`
 */
export async function openCached(
  shape: TensorShape,
  dataset: string,
  options: Omit<OpenOptions, 'progress'>,
  fillIt: FillTensor,
): Promise<{ readonly opened: RowFile | null; readonly made: boolean }> {
  const { place, signal } = options;
  const { type, rows } = shape;
  const rowBytes = rowBytesOf(shape);
  const resident = isResident(rowBytes * rows, options);
  const found = await findTensor(place, shape, signal);
  if (found === null && resident && !(await makeRoom(place, shape))) return { opened: null, made: true };
  const fd = found ?? (await makeTensor(place, shape, dataset, fillIt, signal));
  const opened = new RowFile({ fd, offset: headerBytes, rowBytes, rows, type, resident, dataset });
  return { opened, made: found === null };
}

/** How all rows lie in the cache. */
function madeShape(version: DatasetVersion, preparation: Preparation): TensorShape {
  const type = pictureRecipe(preparation) ? 'uint8' : 'float32';
  return { key: keyOf(version, preparation), type, rows: version.rowCount, size: exampleSize(preparation) };
}

async function fill(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
  { progress }: OpenOptions,
  append: (values: Uint8Array | Float32Array) => Promise<void>,
): Promise<void> {
  const size = exampleSize(preparation);
  let done = 0;
  progress(done, version.rowCount);
  const rows = pictureRecipe(preparation) ? pictureRows : tableRows;
  for await (const values of rows(library, version, preparation)) {
    await append(values);
    done += values.length / size;
    progress(done, version.rowCount);
  }
}

/** All pictures in their order, some hundred at a time. */
async function* pictureRows(
  library: LibraryPaths,
  version: DatasetVersion,
  preparation: Preparation,
): AsyncGenerator<Uint8Array | Float32Array> {
  for (let first = 0; first < version.rowCount; first += PICTURES_AT_ONCE) {
    const count = Math.min(PICTURES_AT_ONCE, version.rowCount - first);
    const rows = Int32Array.from({ length: count }, (_, place) => first + place);
    yield (await readInputs(library, version, preparation, rows)).inputs;
  }
}

/** What the rows are made from and how: the version's content never changes. */
export function keyOf(version: DatasetVersion, { inputs }: Preparation): string {
  const recipe = JSON.stringify([ENCODING, version.id, version.source.sha256, version.rowCount, inputs]);
  return createHash('sha256').update(recipe).digest('hex');
}
