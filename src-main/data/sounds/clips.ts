/** Sounds of a version by row, read from their pack and no more of it than is asked for. */
import { CodedError, type DatasetVersion } from '../../contract';
import { findColumn } from '../columns';
import { PackReader } from '../pack';
import { blobFile, type LibraryPaths } from '../paths';
import { pictureIndices } from '../pictures';
import { decodeClip, overviewBytes, overviewPoints } from './clip';

export interface Waveforms {
  readonly points: number;
  /** `2·points` int8 per sound, in the order asked. */
  readonly ranges: Uint8Array<ArrayBuffer>;
  readonly seconds: number[];
}

/** @throws CodedError `column-missing`, `column-without-sounds`, `row-missing`, `pack-damaged` */
export async function readWaveforms(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  rows: readonly number[],
): Promise<Waveforms> {
  const sounds = await openSounds(library, version, column);
  try {
    const ranges = new Uint8Array(rows.length * overviewBytes);
    const seconds: number[] = [];
    for (const [at, row] of rows.entries()) {
      const place = sounds.placeOf(row);
      ranges.set(await sounds.pack.read(place, overviewBytes), at * overviewBytes);
      seconds.push((sounds.pack.bytesOf(place) - overviewBytes) / 2 / sounds.rate);
    }
    return { points: overviewPoints, ranges, seconds };
  } finally {
    await sounds.pack.close();
  }
}

/** How long the sounds of some rows are, from the pack's index alone. @throws CodedError as `readWaveforms` */
export async function clipSeconds(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  rows: readonly number[],
): Promise<number[]> {
  const { pack, rate, placeOf } = await openSounds(library, version, column);
  try {
    return rows.map((row) => (pack.bytesOf(placeOf(row)) - overviewBytes) / 2 / rate);
  } finally {
    await pack.close();
  }
}

/** @returns int16 little-endian. @throws CodedError as `readWaveforms` */
export async function readClip(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  row: number,
): Promise<{ rate: number; samples: Uint8Array<ArrayBuffer> }> {
  const { pack, rate, placeOf } = await openSounds(library, version, column);
  try {
    const bytes = await pack.read(placeOf(row));
    return { rate, samples: new Uint8Array(bytes.subarray(overviewBytes)) };
  } finally {
    await pack.close();
  }
}

/** The sounds of some rows, one after the other. @throws CodedError as `readWaveforms` */
export async function* streamClips(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  rows: ArrayLike<number>,
): AsyncGenerator<Float32Array> {
  const { pack, placeOf } = await openSounds(library, version, column);
  try {
    for (const row of Array.from(rows)) yield decodeClip(await pack.read(placeOf(row)));
  } finally {
    await pack.close();
  }
}

async function openSounds(library: LibraryPaths, version: DatasetVersion, name: string) {
  const { column, index } = findColumn(version, name);
  const { audio } = column;
  if (!audio) throw new CodedError('column-without-sounds', { column: name });
  const places = await pictureIndices(library, version, index);
  const placeOf = (row: number): number => {
    const place = places[row] ?? -1;
    if (place >= 0) return place;
    throw new CodedError('row-missing', { row, dataset: version.datasetName, last: version.rowCount - 1 });
  };
  return { pack: await PackReader.open(blobFile(library, audio.blob)), rate: audio.rate, placeOf };
}
