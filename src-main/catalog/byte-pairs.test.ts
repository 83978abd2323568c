/** Byte pairs against the example of Sennrich et al. (2016) and against a plain implementation of their algorithm. */
import { expect, test } from 'vitest';
import { BytePairs, learnMerges } from './byte-pairs';

const end = '</w>';
/** The dictionary of the paper's Algorithm 1. */
const paper = new Map([
  ['low', 5],
  ['lower', 2],
  ['newest', 6],
  ['widest', 3],
]);

test('the example of the paper, joined by hand', () => {
  // e s, es t and est </w> stand 9 times each, l o and lo w 7 times, then newest's pairs 6 times; of equals the earliest.
  const joined = learnMerges(paper, 10).map(([left, right]) => `${left} ${right}`);
  expect(joined).toEqual([
    ...['e s', 'es t', `est ${end}`, 'l o', 'lo w', 'n e', 'ne w', `new est${end}`, `low ${end}`, 'w i'],
  ]);
});

test('words are cut by what was learnt, in its order; "lowest", which it never saw, falls into known pieces', () => {
  const pairs = new BytePairs(learnMerges(paper, 10));
  expect(pairs.cut('lowest')).toEqual(['low', `est${end}`]);
  expect(pairs.cut('low')).toEqual([`low${end}`]);
  expect(pairs.cut('newer')).toEqual(['new', 'e', 'r', end]);
  expect(pairs.cut('')).toEqual([end]);
});

test('no pair that stands once is joined, and an emoji is never cut in two', () => {
  expect(learnMerges(new Map([['ab', 1]]), 10)).toEqual([]);
  const pairs = new BytePairs(learnMerges(new Map([['🌞天', 3]]), 10));
  expect(pairs.cut('🌞天气')).toEqual(['🌞天', '气', end]);
});

/** Counts all pairs anew before each merge, as the paper's listing does. */
function plain(counts: ReadonlyMap<string, number>, most: number): [string, string][] {
  let words = Array.from(counts, ([word, count]) => ({ units: [...word, end], count }));
  const merges: [string, string][] = [];
  for (;;) {
    const pairs = new Map<string, number>();
    for (const { units, count } of words) {
      for (let at = 1; at < units.length; at++) {
        const key = `${units[at - 1]}\0${units[at]}`;
        pairs.set(key, (pairs.get(key) ?? 0) + count);
      }
    }
    let [best, highest] = ['', 1];
    for (const [key, count] of pairs) if (count > highest) [best, highest] = [key, count];
    if (best === '' || merges.length === most) return merges;
    const [left = '', right = ''] = best.split('\0');
    merges.push([left, right]);
    words = words.map(({ units, count }) => {
      const next: string[] = [];
      for (const unit of units) {
        if (next.at(-1) === left && unit === right) next[next.length - 1] = left + right;
        else next.push(unit);
      }
      return { units: next, count };
    });
  }
}

test('counting step by step gives the same merges as counting all anew', () => {
  let state = 7;
  const draw = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const counts = new Map<string, number>();
  for (let word = 0; word < 150; word++) {
    const letters = Array.from({ length: 1 + draw(7) }, () => 'aabbcd'[draw(6)]);
    counts.set(letters.join(''), 1 + draw(5));
  }
  const merges = learnMerges(counts, 120);
  expect(merges).toHaveLength(120);
  expect(merges).toEqual(plain(counts, 120));
});
