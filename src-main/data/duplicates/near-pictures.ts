/**
 * Pictures that are nearly the same: saved again, a little brighter, a little noisier. Each is shrunk to 32 × 32 grey
 * values and, for a perceptual hash, to 16 × 16: the hash is the signs, against their median, of the 8 × 8 lowest
 * frequencies of the discrete cosine transform (Zauner, "Implementation and benchmarking of perceptual image hash
 * functions", 2010). Pictures whose hashes differ in few bits are then compared by their grey values, since line drawings share
 * frequencies easily. By these bounds 423 of MNIST's 70,000 digits join another; of pictures of CIFAR-10 that were changed, all
 * are found that were made brighter or darker or saved as JPEG of quality 80, 98 % of those with noise, 62 % of those saved at
 * quality 50, a third of those shrunk to 24 pixels, and hardly any that was cut by a pixel, while no two of 5,000 others are
 * taken for near.
 */
/** Side of the small pictures that are compared. */
const FINE = 32;
/** Side of those that are hashed. */
const SIDE = 16;
const FREQUENCIES = 8;
/** Bits of 63 in which hashes of near pictures may differ. */
const MOST_BITS = 5;
/** Grey values, less their mean, must correlate so well (Pearson's r). */
const LEAST_CORRELATION = 0.985;
/** Standard deviation of grey values below which a picture is a plain surface and tells nothing. */
const LEAST_CONTRAST = 4;
/** Pictures compared with each one in a bucket, so that a film of ten thousand like frames takes no quadratic time. */
const MOST_IN_BUCKET = 400;

const cosines = Float64Array.from({ length: FREQUENCIES * SIDE }, (_, place) =>
  Math.cos(((2 * (place % SIDE) + 1) * Math.floor(place / SIDE) * Math.PI) / (2 * SIDE)),
);

/** Small grey pictures and their hashes, filled one by one. */
export class PictureHashes {
  /** `FINE · FINE` grey values per picture. */
  readonly #fine: Uint8Array;
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  /** Mean of the grey values, and what brings their distances from it to length one; 0 for a plain surface. */
  readonly #means: Float32Array;
  readonly #scales: Float64Array;

  constructor(readonly count: number) {
    this.#fine = new Uint8Array(count * FINE * FINE);
    this.#high = new Uint32Array(count);
    this.#low = new Uint32Array(count);
    this.#means = new Float32Array(count);
    this.#scales = new Float64Array(count);
  }

  /** @param pixels `height·width·channels` values of one picture; grey with 1 or 2 channels, else red, green, blue. */
  set(place: number, pixels: Uint8Array, shape: { height: number; width: number; channels: number }): void {
    const fine = this.#fine.subarray(place * FINE * FINE, (place + 1) * FINE * FINE);
    shrink(pixels, shape, fine);
    let sum = 0;
    let squares = 0;
    for (const value of fine) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / fine.length;
    this.#means[place] = mean;
    const deviation = Math.sqrt(Math.max(0, squares / fine.length - mean * mean));
    if (deviation >= LEAST_CONTRAST) this.#scales[place] = 1 / (deviation * Math.sqrt(fine.length));
    [this.#high[place], this.#low[place]] = hashOf(fine);
  }

  /**
   * For values less their mean and of length one, |a − b|² = 2 − 2r: the sum is given up as soon as it is too large, which for
   * most pairs is after the first lines, from the middle outwards.
   */
  #correlate(one: number, other: number): boolean {
    const [first, second] = [one * FINE * FINE, other * FINE * FINE];
    const [meanOne, meanOther] = [this.#means[one] ?? 0, this.#means[other] ?? 0];
    const [scaleOne, scaleOther] = [this.#scales[one] ?? 0, this.#scales[other] ?? 0];
    const most = 2 * (1 - LEAST_CORRELATION);
    let sum = 0;
    for (let line = 0; line < FINE; line += 1) {
      const y = FINE / 2 + (line % 2 === 0 ? line / 2 : -(line + 1) / 2);
      for (let at = y * FINE; at < (y + 1) * FINE; at += 1) {
        const a = ((this.#fine[first + at] ?? 0) - meanOne) * scaleOne;
        const difference = a - ((this.#fine[second + at] ?? 0) - meanOther) * scaleOther;
        sum += difference * difference;
      }
      if (sum > most) return false;
    }
    return true;
  }

  /**
   * Tells pairs of near pictures: of six parts of two hashes that differ in at most five bits, one is the same (multi-index
   * hashing; Norouzi, Punjani and Fleet, 2012), so that only pictures that share a part are compared. A pair may be told again.
   * @param skip pictures that need not be compared, such as copies of an earlier one.
   * @param isJoined pairs that are known to be near need no second look.
   */
  eachPair(
    skip: (place: number) => boolean,
    isJoined: (one: number, other: number) => boolean,
    tell: (one: number, other: number) => void,
  ): void {
    const places = Int32Array.from({ length: this.count }, (_, place) => place).filter(
      (place) => (this.#scales[place] ?? 0) > 0 && !skip(place),
    );
    for (let part = 0; part <= MOST_BITS; part += 1) {
      const keys = Int32Array.from(places, (place) => this.#partOf(place, part));
      const order = Int32Array.from(places.keys()).sort(
        (one, other) => (keys[one] ?? 0) - (keys[other] ?? 0) || one - other,
      );
      const sorted = order.map((at) => places[at] ?? 0);
      // Side by side in memory: most of the work is to read hashes one after the other.
      const high = Uint32Array.from(sorted, (place) => this.#high[place] ?? 0);
      const low = Uint32Array.from(sorted, (place) => this.#low[place] ?? 0);
      let start = 0;
      for (let at = 1; at < sorted.length; at += 1) {
        if (keys[order[at] ?? 0] !== keys[order[at - 1] ?? 0]) start = at;
        for (let other = Math.max(start, at - MOST_IN_BUCKET); other < at; other += 1) {
          const apart = bits((high[at] ?? 0) ^ (high[other] ?? 0)) + bits((low[at] ?? 0) ^ (low[other] ?? 0));
          if (apart > MOST_BITS) continue;
          const [one, two] = [sorted[other] ?? 0, sorted[at] ?? 0];
          if (!isJoined(one, two) && this.#correlate(one, two)) tell(one, two);
        }
      }
    }
  }

  /** Parts of 11, 11 and 10 bits of each half. */
  #partOf(place: number, part: number): number {
    const half = (part < 3 ? this.#high[place] : this.#low[place]) ?? 0;
    const at = part % 3;
    return at === 0 ? half >>> 21 : at === 1 ? (half >>> 10) & 0x7ff : half & 0x3ff;
  }
}

function bits(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Which pixels of a line make one cell of the grid, and how much each counts. */
interface CellWeights {
  readonly first: number;
  readonly weights: Float64Array;
}

/** Lines of one length, as they were asked for last: the pictures of a column are of one size. */
const known = new Map<number, readonly CellWeights[]>();

/** The stretch of a line that each cell covers, with the parts of pixels at its ends. */
function weightsFor(length: number): readonly CellWeights[] {
  const made = known.get(length);
  if (made) return made;
  const cells = Array.from({ length: FINE }, (_, cell) => {
    const from = (cell * length) / FINE;
    const to = ((cell + 1) * length) / FINE;
    const first = Math.floor(from);
    const weights = Float64Array.from({ length: Math.ceil(to) - first }, (_, at) => {
      return (Math.min(to, first + at + 1) - Math.max(from, first + at)) / (to - from);
    });
    return { first, weights };
  });
  if (known.size > 8) known.clear();
  known.set(length, cells);
  return cells;
}

let lines = new Float64Array(0);

/** Mean grey values on a 32 × 32 grid, whatever the picture's size. */
function shrink(
  pixels: Uint8Array,
  { height, width, channels }: { height: number; width: number; channels: number },
  fine: Uint8Array,
): void {
  if (lines.length < height * FINE) lines = new Float64Array(height * FINE);
  const across = weightsFor(width);
  for (let y = 0; y < height; y += 1) {
    for (const [cell, { first, weights }] of across.entries()) {
      let sum = 0;
      for (let at = 0; at < weights.length; at += 1) {
        sum += (weights[at] ?? 0) * grey(pixels, (y * width + first + at) * channels, channels);
      }
      lines[y * FINE + cell] = sum;
    }
  }
  for (const [row, { first, weights }] of weightsFor(height).entries()) {
    for (let cell = 0; cell < FINE; cell += 1) {
      let sum = 0;
      for (let at = 0; at < weights.length; at += 1)
        sum += (weights[at] ?? 0) * (lines[(first + at) * FINE + cell] ?? 0);
      fine[row * FINE + cell] = Math.round(sum);
    }
  }
}

/** Luma as ITU-R BT.601 weighs it. */
function grey(pixels: Uint8Array, at: number, channels: number): number {
  if (channels < 3) return pixels[at] ?? 0;
  return 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
}

const small = new Float64Array(SIDE * SIDE);
const rows = new Float64Array(FREQUENCIES * SIDE);
const spectrum = new Float64Array(FREQUENCIES * FREQUENCIES);

/** 64 bits as two halves; the first stands for the mean and is always 0. */
function hashOf(fine: Uint8Array): [high: number, low: number] {
  for (let place = 0; place < small.length; place += 1) {
    const at = 2 * (Math.floor(place / SIDE) * FINE + (place % SIDE));
    small[place] = ((fine[at] ?? 0) + (fine[at + 1] ?? 0) + (fine[at + FINE] ?? 0) + (fine[at + FINE + 1] ?? 0)) / 4;
  }
  for (let y = 0; y < SIDE; y += 1) {
    for (let u = 0; u < FREQUENCIES; u += 1) {
      let sum = 0;
      for (let x = 0; x < SIDE; x += 1) sum += (small[y * SIDE + x] ?? 0) * (cosines[u * SIDE + x] ?? 0);
      rows[u * SIDE + y] = sum;
    }
  }
  for (let v = 0; v < FREQUENCIES; v += 1) {
    for (let u = 0; u < FREQUENCIES; u += 1) {
      let sum = 0;
      for (let y = 0; y < SIDE; y += 1) sum += (rows[u * SIDE + y] ?? 0) * (cosines[v * SIDE + y] ?? 0);
      spectrum[v * FREQUENCIES + u] = sum;
    }
  }
  const sorted = spectrum.slice(1).sort();
  const median = sorted[sorted.length >> 1] ?? 0;
  let [high, low] = [0, 0];
  for (let place = 1; place < spectrum.length; place += 1) {
    if ((spectrum[place] ?? 0) <= median) continue;
    if (place < 32) high |= 1 << place;
    else low |= 1 << (place - 32);
  }
  return [high >>> 0, low >>> 0];
}
