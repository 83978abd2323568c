/**
 * What an order of labelling saves, tried out on rows whose labels are known: a quick model gets them in random order and in the
 * order of what it is least sure of, and after each batch it is asked about rows that are held out.
 */
import type { Replay } from '../../contract';
import { judge, leastSureFirst } from '../../data/assist/uncertainty';
import { assignFolds } from '../../data/quality/folds';
import { randomSource, shuffle } from '../../data/random';
import type { Learner, Lesson } from './learner';

/** A fifth is held out. */
const HELD_OUT = 5;
/** Labels at the beginning, the same ones for both orders. */
const START = 20;
/** The next batch is a third of what is there. */
const GROWTH = 1 / 3;

export interface Plan {
  readonly seeds: readonly number[];
  /** Labels at most. */
  readonly most: number;
}

type Curves = Pick<Replay, 'heldOut' | 'counts' | 'full' | 'goal' | 'random' | 'leastSure'>;

/** How many labels are there after each batch: from 20 by a third, up to the last. */
export function countsUpTo(most: number): number[] {
  const counts = [Math.min(START, most)];
  for (let last = counts[0] ?? most; last < most; counts.push(last)) {
    last = Math.min(most, last + Math.max(1, Math.round(last * GROWTH)));
  }
  return counts;
}

/** @throws the signal's reason */
export async function replayOrders(
  learner: Learner,
  lesson: Lesson,
  { seeds, most }: Plan,
  progress: (done: number, total: number) => void,
): Promise<Curves> {
  const known = Int32Array.from(lesson.labels.keys()).filter((row) => (lesson.labels[row] ?? -1) >= 0);
  const counts = countsUpTo(Math.min(most, Math.floor(known.length * (1 - 1 / HELD_OUT))));
  const total = seeds.length * (2 * counts.length + 1);
  let done = 0;
  const [random, leastSure, full]: [number[][], number[][], number[]] = [[], [], []];
  let heldOut = 0;
  for (const seed of seeds) {
    const folds = assignFolds(lesson.labels, HELD_OUT, seed);
    const test = known.filter((row) => folds[row] === 0);
    const pool = known.filter((row) => folds[row] !== 0);
    shuffle(pool, randomSource(seed, 11));
    heldOut = test.length;
    const tick = () => progress((done += 1), total);
    const trial: Trial = { learner, lesson, pool, test, counts, seed, tick };
    random.push(await followOrder(trial, (count) => Promise.resolve(pool.subarray(0, count))));
    leastSure.push(await followOrder(trial, (count, chosen) => leastSureNext(trial, count, chosen)));
    await learner.learn(pool, seed);
    full.push(await accuracyOn(trial));
    tick();
  }
  const goal = last(meanBySeed(random));
  const needed = (curves: number[][]) => labelsNeeded(counts, meanBySeed(curves), goal);
  return {
    heldOut,
    counts,
    full: mean(full),
    goal,
    random: { accuracy: random, needed: needed(random) },
    leastSure: { accuracy: leastSure, needed: needed(leastSure) },
  };
}

interface Trial {
  readonly learner: Learner;
  readonly lesson: Lesson;
  readonly pool: Int32Array;
  readonly test: Int32Array;
  readonly counts: readonly number[];
  readonly seed: number;
  tick(): void;
}

/** @returns accuracy after each count. @param choose rows that are labelled by then, given those before. */
async function followOrder(
  trial: Trial,
  choose: (count: number, chosen: Int32Array) => Promise<Int32Array>,
): Promise<number[]> {
  const accuracy: number[] = [];
  let chosen = trial.pool.subarray(0, trial.counts[0] ?? 0);
  for (const count of trial.counts) {
    if (count > chosen.length) chosen = await choose(count, chosen);
    await trial.learner.learn(chosen, trial.seed);
    accuracy.push(await accuracyOn(trial));
    trial.tick();
  }
  return accuracy;
}

/** The rows so far and those that the model, which has just learnt them, is least sure of. */
async function leastSureNext(
  { learner, lesson, pool, seed }: Trial,
  count: number,
  chosen: Int32Array,
): Promise<Int32Array> {
  const taken = new Set(chosen);
  const rest = pool.filter((row) => !taken.has(row));
  const order = leastSureFirst(judge(await learner.ask(rest), lesson.classes.length), seed);
  const next = order.subarray(0, count - chosen.length).map((place) => rest[place] ?? 0);
  return Int32Array.from([...chosen, ...next]);
}

async function accuracyOn({ learner, lesson, test }: Trial): Promise<number> {
  const { first } = judge(await learner.ask(test), lesson.classes.length);
  return test.reduce((right, row, place) => right + (lesson.labels[row] === first[place] ? 1 : 0), 0) / test.length;
}

/**
 * Labels after which a curve reaches a goal and stays there, between two counts by a straight line.
 * @returns null where it never does.
 */
export function labelsNeeded(counts: readonly number[], curve: readonly number[], goal: number): number | null {
  let place = curve.length;
  while (place > 0 && (curve[place - 1] ?? 0) >= goal) place -= 1;
  const [reached, count] = [curve[place], counts[place]];
  if (reached === undefined || count === undefined) return null;
  const [before, earlier] = [curve[place - 1], counts[place - 1]];
  if (before === undefined || earlier === undefined) return count;
  return earlier + ((goal - before) / (reached - before)) * (count - earlier);
}

export function meanBySeed(curves: readonly (readonly number[])[]): number[] {
  return (curves[0] ?? []).map((_, place) => mean(curves.map((curve) => curve[place] ?? 0)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function last(values: readonly number[]): number {
  return values[values.length - 1] ?? 0;
}
