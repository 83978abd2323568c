/** What the checks of sounds want to know of each, measured in one pass over the clips. */
import type { DatasetVersion } from '../../contract';
import { findColumn } from '../columns';
import type { LibraryPaths } from '../paths';
import { pictureIndices } from '../pictures';
import { streamClips } from '../sounds/clips';
import type { CheckWatch } from './quality-data';

/** Typed arrays by row; a row without a sound has `present` 0 and zeros elsewhere. */
export interface SoundFacts {
  readonly present: Uint8Array;
  /** Root of the mean square, 0 to 1. */
  readonly loudness: Float32Array;
  /** Share of the samples that stand at full scale, several in a row, 0 to 1. */
  readonly clipped: Float32Array;
}

/** Of full scale: converting a sampling rate moves cut-off peaks a little. */
const FULL_SCALE = 0.999;
/** A loud sound may touch full scale for a moment; one that was cut off stays there. */
const LEAST_RUN = 3;
/** How often it is told how far the measuring is. */
const ROWS_AT_ONCE = 100;

/** @throws CodedError as `streamClips`; the signal's reason. */
export async function measureSounds(
  library: LibraryPaths,
  version: DatasetVersion,
  columnName: string,
  { signal, progress }: CheckWatch,
): Promise<SoundFacts> {
  const rows = version.rowCount;
  const facts = {
    present: new Uint8Array(rows),
    loudness: new Float32Array(rows),
    clipped: new Float32Array(rows),
  };
  const places = await pictureIndices(library, version, findColumn(version, columnName).index);
  const asked = Array.from({ length: rows }, (_, row) => row).filter((row) => (places[row] ?? -1) >= 0);
  let at = 0;
  for await (const clip of streamClips(library, version, columnName, asked)) {
    const row = asked[at] ?? 0;
    if (at % ROWS_AT_ONCE === 0) {
      signal.throwIfAborted();
      progress(at, asked.length);
    }
    at += 1;
    facts.present[row] = 1;
    facts.loudness[row] = loudnessOf(clip);
    facts.clipped[row] = clippedShare(clip);
  }
  return facts;
}

function loudnessOf(clip: Float32Array): number {
  let squares = 0;
  for (const sample of clip) squares += sample * sample;
  return Math.sqrt(squares / Math.max(1, clip.length));
}

/** How much of a clip lies in runs of full scale on one side. @param clip samples from -1 to 1. */
export function clippedShare(clip: Float32Array): number {
  let count = 0;
  let run = 0;
  let side = 0;
  const end = () => {
    if (run >= LEAST_RUN) count += run;
    run = 0;
  };
  for (const sample of clip) {
    const own = Math.abs(sample) >= FULL_SCALE ? Math.sign(sample) : 0;
    if (own !== side) end();
    side = own;
    if (own !== 0) run += 1;
  }
  end();
  return count / Math.max(1, clip.length);
}
