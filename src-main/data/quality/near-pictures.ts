/**
 * Pictures that show the same but for compression, brightness or a few pixels. Perceptual hashes that agree in one of four
 * 16-bit bands are candidates (a distance of up to three bits always agrees in one); small grey copies decide.
 */
import { hammingDistance } from './perceptual-hash';
import { THUMB, type PictureFacts } from './picture-facts';
import type { Twins } from './duplicate-groups';

const MOST_BITS = 6;
/** Correlation of the grey copies. Handwritten ones, the most alike of all common pictures, rarely reach it. */
const LEAST_CORRELATION = 0.995;
/** In a crowded band each picture is compared with so many before it. */
const NEIGHBOURS = 200;

/** @param exact marks rows that are exact twins, which are told apart. @param stop ends it by throwing. */
export function nearTwins(facts: PictureFacts, exact: Uint8Array, stop: () => void): Twins {
  const best = new Map<number, number>();
  for (let band = 0; band < 4; band += 1) {
    const crowds = new Map<number, number[]>();
    for (let row = 0; row < facts.present.length; row += 1) {
      if (facts.present[row] !== 1 || exact[row] === 1 || Number.isNaN(facts.sharpness[row])) continue;
      if (row % 4096 === 0) stop();
      const half = (band < 2 ? facts.hashHigh[row] : facts.hashLow[row]) ?? 0;
      const key = band % 2 === 0 ? half >>> 16 : half & 0xffff;
      const crowd = crowds.get(key);
      if (!crowd) crowds.set(key, [row]);
      else {
        for (const other of crowd.slice(-NEIGHBOURS)) {
          if ((best.get(row) ?? Infinity) > other && alike(facts, row, other)) best.set(row, other);
        }
        crowd.push(row);
      }
    }
  }
  const rows = [...best.keys()].sort((one, other) => one - other);
  return { rows, partners: rows.map((row) => best.get(row) ?? row) };
}

function alike(facts: PictureFacts, row: number, other: number): boolean {
  const { hashHigh, hashLow } = facts;
  const distance = hammingDistance(hashHigh[row] ?? 0, hashLow[row] ?? 0, hashHigh[other] ?? 0, hashLow[other] ?? 0);
  return distance <= MOST_BITS && correlation(facts.thumbs, row, other) >= LEAST_CORRELATION;
}

function correlation(thumbs: Uint8Array, row: number, other: number): number {
  const size = THUMB * THUMB;
  const [from, otherFrom] = [row * size, other * size];
  let [sum, otherSum, squares, otherSquares, products] = [0, 0, 0, 0, 0];
  for (let at = 0; at < size; at += 1) {
    const [value, otherValue] = [thumbs[from + at] ?? 0, thumbs[otherFrom + at] ?? 0];
    sum += value;
    otherSum += otherValue;
    squares += value * value;
    otherSquares += otherValue * otherValue;
    products += value * otherValue;
  }
  const spread = Math.sqrt((squares - (sum * sum) / size) * (otherSquares - (otherSum * otherSum) / size));
  return spread > 0 ? (products - (sum * otherSum) / size) / spread : 0;
}
