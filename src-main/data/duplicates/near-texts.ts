/**
 * Texts that are nearly the same: a word put in, a copy with another ending. Texts are sets of shingles (five characters one
 * after the other, of the words in lower case without punctuation, so that it works for languages without spaces too); MinHash
 * finds candidates without comparing all pairs (Broder, 1997; banding as in Leskovec, Rajaraman and Ullman, "Mining of
 * Massive Datasets", ch. 3), and the sets themselves decide.
 */
import { randomSource } from '../random';

const SHINGLE = 5;
/** Shingles in common, as a share of those in either (Jaccard), from which texts are near. */
const LEAST_COMMON = 0.8;
const BANDS = 16;
const ROWS_PER_BAND = 4;
/** Characters of a text that count; the rest would only take time. */
const MOST_CHARACTERS = 4000;
/** Texts with fewer characters are too short for a few of them to say little. */
const LEAST_CHARACTERS = 20;
const MOST_IN_BUCKET = 200;

const multipliers = Uint32Array.from({ length: BANDS * ROWS_PER_BAND * 2 }, seeds(7));

function seeds(seed: number): () => number {
  const random = randomSource(seed);
  return () => Math.floor(random() * 2 ** 32) | 1;
}

/** Lower case, only letters and figures of any script, single spaces; no longer than what counts. */
export function normalText(text: string): string {
  return text
    .slice(0, MOST_CHARACTERS * 2)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS);
}

/** Texts row by row; those too short to compare are left out. */
export class TextHashes {
  readonly #texts: string[] = [];
  readonly #rows: number[] = [];
  readonly #signatures: Uint32Array[] = [];

  add(row: number, text: string): void {
    const normal = normalText(text);
    if (normal.length < LEAST_CHARACTERS) return;
    this.#rows.push(row);
    this.#texts.push(normal);
    this.#signatures.push(signatureOf(shingles(normal)));
  }

  /** Tells pairs of rows whose texts are near; not every pair of a large set of them, but enough to join it. */
  eachPair(isJoined: (one: number, other: number) => boolean, tell: (one: number, other: number) => void): void {
    for (let band = 0; band < BANDS; band += 1) {
      const buckets = new Map<string, number[]>();
      for (const [place, signature] of this.#signatures.entries()) {
        const key = signature.subarray(band * ROWS_PER_BAND, (band + 1) * ROWS_PER_BAND).join();
        const bucket = buckets.get(key);
        if (!bucket) buckets.set(key, [place]);
        else {
          this.#compare(bucket, place, isJoined, tell);
          bucket.push(place);
        }
      }
    }
  }

  #compare(
    bucket: readonly number[],
    place: number,
    isJoined: (one: number, other: number) => boolean,
    tell: (one: number, other: number) => void,
  ): void {
    const row = this.#rows[place] ?? 0;
    let own: Set<number> | null = null;
    for (const other of bucket.slice(-MOST_IN_BUCKET)) {
      const otherRow = this.#rows[other] ?? 0;
      if (isJoined(otherRow, row)) continue;
      own ??= shingles(this.#texts[place] ?? '');
      if (common(own, shingles(this.#texts[other] ?? '')) >= LEAST_COMMON) tell(otherRow, row);
    }
  }
}

/** A 32-bit hash of every five characters one after the other. */
function shingles(text: string): Set<number> {
  const found = new Set<number>();
  for (let at = 0; at + SHINGLE <= text.length; at += 1) {
    let hash = 0x811c9dc5;
    for (let next = at; next < at + SHINGLE; next += 1) hash = Math.imul(hash ^ text.charCodeAt(next), 0x01000193);
    found.add(hash >>> 0);
  }
  return found;
}

/** The least value of each of 64 hash functions over the set. */
function signatureOf(set: ReadonlySet<number>): Uint32Array {
  const least = new Uint32Array(BANDS * ROWS_PER_BAND).fill(0xffffffff);
  for (const shingle of set) {
    for (let place = 0; place < least.length; place += 1) {
      const mixed = Math.imul(shingle ^ (multipliers[2 * place] ?? 0), multipliers[2 * place + 1] ?? 1);
      const hash = (mixed ^ (mixed >>> 15)) >>> 0;
      if (hash < (least[place] ?? 0)) least[place] = hash;
    }
  }
  return least;
}

function common(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let shared = 0;
  for (const shingle of one) if (other.has(shingle)) shared += 1;
  return shared / (one.size + other.size - shared);
}
