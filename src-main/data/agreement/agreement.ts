/** How far two people's answers to the same rows agree, in the measure that their kind of answer has. */
import { sortClasses } from '../../catalog';
import type { Agreement, ColumnType, Kappa } from '../../contract';
import { boxesOf, labelsOf } from './answers';
import { cohensKappa } from './kappa';
import { pairedBoxes } from './same-boxes';

/** A table of more classes says nothing to a reader, and takes memory by their square. */
const MOST_CLASSES = 500;

/** @param pairs answers of rows that both gave one to. */
export function agreementOf(type: ColumnType, pairs: readonly (readonly [string, string])[]): Agreement {
  if (type === 'labels') return ofLabels(pairs);
  if (type === 'boxes') return ofBoxes(pairs);
  if (type === 'number') return ofNumbers(pairs);
  const classes = sortClasses([...new Set(pairs.flat())]);
  if (type !== 'category' || classes.length > MOST_CLASSES) return { kind: 'texts' };
  const places = new Map(classes.map((name, place) => [name, place]));
  const table = classes.map(() => new Array<number>(classes.length).fill(0));
  for (const [one, other] of pairs) {
    const counts = table[places.get(one) ?? 0];
    const place = places.get(other) ?? 0;
    if (counts) counts[place] = (counts[place] ?? 0) + 1;
  }
  return { kind: 'classes', overall: cohensKappa(table), classes, table };
}

/** Each class is a question of its own, answered by yes or no. */
function ofLabels(pairs: readonly (readonly [string, string])[]): Agreement {
  const read = pairs.map(([one, other]) => [new Set(labelsOf(one)), new Set(labelsOf(other))] as const);
  const classes = sortClasses([...new Set(read.flatMap(([one, other]) => [...one, ...other]))]).slice(0, MOST_CLASSES);
  const perClass = classes.map((label): { label: string; agreement: Kappa } => {
    const table = [
      [0, 0],
      [0, 0],
    ];
    for (const [one, other] of read) {
      const counts = table[one.has(label) ? 1 : 0];
      const place = other.has(label) ? 1 : 0;
      if (counts) counts[place] = (counts[place] ?? 0) + 1;
    }
    return { label, agreement: cohensKappa(table) };
  });
  const known = perClass.flatMap(({ agreement: { kappa } }) => (kappa === null ? [] : [kappa]));
  const mean = known.length === 0 ? null : known.reduce((sum, kappa) => sum + kappa, 0) / known.length;
  return { kind: 'labels', perClass, mean };
}

function ofBoxes(pairs: readonly (readonly [string, string])[]): Agreement {
  let [matched, first, second] = [0, 0, 0];
  for (const [one, other] of pairs) {
    const [ones, others] = [boxesOf(one), boxesOf(other)];
    matched += pairedBoxes(ones, others);
    first += ones.length;
    second += others.length;
  }
  return { kind: 'boxes', matched, first, second, f1: first + second === 0 ? null : (2 * matched) / (first + second) };
}

/** Pearson's correlation, and how much more the second says than the first (Bland and Altman, 1986). */
function ofNumbers(pairs: readonly (readonly [string, string])[]): Agreement {
  const numbers = pairs.map(([one, other]) => [Number(one), Number(other)] as const);
  const count = numbers.length;
  const [meanFirst, meanSecond] = [0, 1].map(
    (side) => numbers.reduce((sum, pair) => sum + (pair[side] ?? 0), 0) / count,
  );
  let [squares, squaresToo, products, spread] = [0, 0, 0, 0];
  const meanDifference = (meanSecond ?? 0) - (meanFirst ?? 0);
  for (const [one, other] of numbers) {
    const [left, right] = [one - (meanFirst ?? 0), other - (meanSecond ?? 0)];
    squares += left * left;
    squaresToo += right * right;
    products += left * right;
    spread += (other - one - meanDifference) ** 2;
  }
  const scale = Math.sqrt(squares * squaresToo);
  return {
    kind: 'numbers',
    correlation: scale === 0 ? null : products / scale,
    meanDifference,
    deviation: count < 2 ? 0 : Math.sqrt(spread / (count - 1)),
  };
}
