/**
 * A sound as a version keeps it: one entry of a pack. First an overview for drawing, `points` pairs of int8 (least and
 * greatest of equal stretches, ±127 for ±1); then the samples, int16 little-endian, ±32767 for ±1. All of one column have
 * one rate. So a list of waveforms is read without the sounds themselves.
 */

/** Pairs in an overview. */
export const overviewPoints = 128;
export const overviewBytes = 2 * overviewPoints;

/** @param samples from -1 to 1; what is beyond is cut off. */
export function encodeClip(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(overviewBytes + 2 * samples.length);
  const overview = new Int8Array(bytes.buffer, 0, overviewBytes);
  const view = new DataView(bytes.buffer, overviewBytes);
  for (let point = 0; point < overviewPoints; point++) {
    const [least, greatest] = rangeOf(samples, point);
    overview[2 * point] = Math.round(127 * least);
    overview[2 * point + 1] = Math.round(127 * greatest);
  }
  for (let at = 0; at < samples.length; at++) view.setInt16(2 * at, Math.round(32767 * limited(samples[at])), true);
  return bytes;
}

/** Least and greatest of a stretch; of a sound shorter than the overview, the sample that lies there. */
function rangeOf(samples: Float32Array, point: number): [number, number] {
  const begin = Math.floor((point * samples.length) / overviewPoints);
  const end = Math.max(begin + 1, Math.floor(((point + 1) * samples.length) / overviewPoints));
  let [least, greatest] = [1, -1];
  for (let at = begin; at < end; at++) {
    const sample = limited(samples[at]);
    least = Math.min(least, sample);
    greatest = Math.max(greatest, sample);
  }
  return [least, greatest];
}

function limited(sample = 0): number {
  return Math.max(-1, Math.min(1, sample));
}

/** The samples of an entry, from -1 to 1. */
export function decodeClip(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + overviewBytes, bytes.byteLength - overviewBytes);
  return Float32Array.from({ length: view.byteLength >> 1 }, (_, at) => view.getInt16(2 * at, true) / 32767);
}
