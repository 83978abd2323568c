/**
 * Byte pair encoding of words (Sennrich, Haddow and Birch 2016, "Neural Machine Translation of Rare Words with Subword
 * Units"): begins with characters and the mark of a word's end, and joins the most frequent pair of neighbours again and again.
 */

/** Stands at the end of each word, so that "est" at the end of "widest" is another unit than "est" in "estate". */
export const WORD_END = '</w>';
/** Longer words are cut: they are addresses or noise, and each would hold up the others. */
const MOST_CHARACTERS = 60;

interface Pair {
  readonly left: string;
  readonly right: string;
  count: number;
  /** Words that hold it, by their place in the list. */
  readonly words: Set<number>;
}

interface Word {
  readonly count: number;
  units: string[];
}

function unitsOf(word: string): string[] {
  return [...Array.from(word).slice(0, MOST_CHARACTERS), WORD_END];
}

/** No character of a text is 0. */
const keyOf = (left: string, right: string) => `${left}\0${right}`;

/**
 * @param counts how often each word stands in the training rows.
 * @param most merges at most; ends earlier where no pair stands twice.
 * @returns pairs in the order in which they were joined. Of equally frequent ones, that of the earliest word is first.
 */
export function learnMerges(counts: ReadonlyMap<string, number>, most: number): [string, string][] {
  const words: Word[] = Array.from(counts, ([word, count]) => ({ count, units: unitsOf(word) }));
  const pairs = new Map<string, Pair>();
  for (const [place, word] of words.entries()) addPairs(pairs, word, place, 1);
  const merges: [string, string][] = [];
  while (merges.length < most) {
    const best = mostFrequent(pairs, words);
    if (!best || best.count < 2) break;
    const { left, right } = best;
    merges.push([left, right]);
    for (const place of [...best.words]) {
      const word = words[place];
      if (!word) continue;
      addPairs(pairs, word, place, -1);
      word.units = joined(word.units, left, right);
      addPairs(pairs, word, place, 1);
    }
  }
  return merges;
}

/** Counts the pairs of a word, or takes them away again. */
function addPairs(pairs: Map<string, Pair>, { units, count }: Word, place: number, sign: 1 | -1): void {
  for (let at = 1; at < units.length; at++) {
    const [left = '', right = ''] = [units[at - 1], units[at]];
    const key = keyOf(left, right);
    let pair = pairs.get(key);
    if (!pair) {
      pair = { left, right, count: 0, words: new Set() };
      pairs.set(key, pair);
    }
    pair.count += sign * count;
    if (sign > 0) pair.words.add(place);
    else pair.words.delete(place);
    if (pair.count === 0) pairs.delete(key);
  }
}

function mostFrequent(pairs: ReadonlyMap<string, Pair>, words: readonly Word[]): Pair | null {
  let best: Pair | null = null;
  let tied: Pair[] = [];
  for (const pair of pairs.values()) {
    if (!best || pair.count > best.count) [best, tied] = [pair, [pair]];
    else if (pair.count === best.count) tied.push(pair);
  }
  if (tied.length < 2) return best;
  let first: { readonly pair: Pair; readonly word: number; readonly at: number } | null = null;
  for (const pair of tied) {
    const word = earliest(pair.words);
    if (first && word > first.word) continue;
    const at = placeIn(words[word]?.units ?? [], pair);
    if (!first || word < first.word || at < first.at) first = { pair, word, at };
  }
  return first?.pair ?? best;
}

function earliest(words: ReadonlySet<number>): number {
  let first = Infinity;
  for (const word of words) if (word < first) first = word;
  return first;
}

function placeIn(units: readonly string[], { left, right }: Pair): number {
  return units.findIndex((unit, at) => unit === left && units[at + 1] === right);
}

function joined(units: readonly string[], left: string, right: string): string[] {
  const next: string[] = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] ?? '';
    if (unit === left && units[at + 1] === right) {
      next.push(left + right);
      at += 1;
    } else next.push(unit);
  }
  return next;
}

/** Cuts words by learnt merges, each word once. */
export class BytePairs {
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #known = new Map<string, readonly string[]>();

  constructor(merges: readonly (readonly [string, string])[]) {
    this.#ranks = new Map(merges.map(([left, right], rank) => [keyOf(left, right), rank]));
  }

  /** @returns the word's units, of which the last ends in `</w>`. */
  cut(word: string): readonly string[] {
    const known = this.#known.get(word);
    if (known) return known;
    let units = unitsOf(word);
    for (;;) {
      let [best, at] = [Infinity, -1];
      for (let place = 1; place < units.length; place++) {
        const rank = this.#ranks.get(keyOf(units[place - 1] ?? '', units[place] ?? '')) ?? Infinity;
        if (rank < best) [best, at] = [rank, place - 1];
      }
      if (at < 0) break;
      units = joined(units, units[at] ?? '', units[at + 1] ?? '');
    }
    this.#known.set(word, units);
    return units;
  }
}
