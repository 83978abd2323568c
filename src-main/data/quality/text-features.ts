/**
 * Texts as sparse rows: words and pairs of neighbouring words, weighted by (1 + log tf) · idf, each column scaled to length 1
 * (Salton and Buckley, 1988). Characters of scripts without spaces count as words of one character.
 */

/** Rows of (feature, value) pairs: row r has those from `starts[r]` to `starts[r + 1]`. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly features: Int32Array;
  readonly values: Float32Array;
  readonly width: number;
}

/** Memory for weights grows with features and classes; the rarest features give way. */
const MOST_FEATURES = 120_000;
/** A longer text says what it says in its beginning. */
const MOST_WORDS = 2000;
/** A text of at most so many characters is a feature as a whole, too: a name, a place. */
const SHORT = 60;
/** Further columns count less than the first. */
const SECOND = 0.35;

const wordPattern = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}]+(?:['’][\p{L}]+)*|[!?]/gu;

export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(wordPattern) ?? []).slice(0, MOST_WORDS);
}

function termsOf(text: string): string[] {
  const words = wordsOf(text);
  const pairs = words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);
  return text.length <= SHORT ? [`=${text}`, ...words, ...pairs] : [...words, ...pairs];
}

/** Terms of one column that at least two rows hold. */
class Vocabulary {
  readonly #places = new Map<string, number>();
  readonly #idf: Float64Array;

  constructor(texts: readonly (string | null)[], most: number) {
    const counts = new Map<string, number>();
    for (const text of texts) {
      for (const term of new Set(termsOf(text ?? ''))) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const kept = [...counts].filter(([, count]) => count >= 2);
    if (kept.length > most) kept.sort(([, one], [, other]) => other - one).splice(most);
    for (const [place, [term]] of kept.entries()) this.#places.set(term, place);
    this.#idf = Float64Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1);
  }

  get size(): number {
    return this.#idf.length;
  }

  /** Weights by place, of length 1 together. */
  weigh(text: string): Map<number, number> {
    const weights = new Map<number, number>();
    for (const term of termsOf(text)) {
      const place = this.#places.get(term);
      if (place !== undefined) weights.set(place, (weights.get(place) ?? 0) + 1);
    }
    let squares = 0;
    for (const [place, count] of weights) {
      const weight = (1 + Math.log(count)) * (this.#idf[place] ?? 0);
      weights.set(place, weight);
      squares += weight * weight;
    }
    for (const [place, weight] of weights) weights.set(place, weight / Math.sqrt(squares));
    return weights;
  }
}

/** @param columns of texts, row by row; each has features of its own, and the first counts most. */
export function textFeatures(columns: readonly (readonly (string | null)[])[]): SparseRows {
  const rows = columns[0]?.length ?? 0;
  const vocabularies = columns.map((texts) => new Vocabulary(texts, Math.floor(MOST_FEATURES / columns.length)));
  const starts = new Int32Array(rows + 1);
  const features: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    let first = 0;
    for (const [column, vocabulary] of vocabularies.entries()) {
      for (const [place, weight] of vocabulary.weigh(columns[column]?.[row] ?? '')) {
        features.push(first + place);
        values.push(column === 0 ? weight : SECOND * weight);
      }
      first += vocabulary.size;
    }
    starts[row + 1] = features.length;
  }
  const width = vocabularies.reduce((sum, { size }) => sum + size, 0);
  return { starts, features: Int32Array.from(features), values: Float32Array.from(values), width };
}
